package io.witan.engine.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ExponentialsTests {
  private static final float TWO_PLACES = 2 * Math.ulp(1f);

  @Test
  void areThoseOfTheLibraryInWhateverPlaceTheyStand() {
    var random = new SplittableRandom(7);
    float[] numbers = new float[1003];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (-90 * Math.pow(random.nextDouble(), 3));
    }
    numbers[0] = 0;
    numbers[1] = Float.NEGATIVE_INFINITY;
    numbers[2] = -1e30f;
    float[] replaced = numbers.clone();

    Exponentials.replace(replaced, 1001);

    assertThat(replaced[0]).isEqualTo(1);
    assertThat(replaced[1]).isZero();
    assertThat(replaced[2]).isZero();
    for (int i = 3; i < 1001; i++) {
      double exact = Math.exp(numbers[i]);
      if (numbers[i] < -87.3f) {
        assertThat(replaced[i]).isZero();
      } else {
        assertThat(replaced[i] / exact - 1).isCloseTo(0, Offset.offset((double) TWO_PLACES));
      }
      float[] alone = {numbers[i]};
      Exponentials.replace(alone, 1);
      assertThat(alone[0]).isEqualTo(replaced[i]);
    }
    assertThat(replaced[1001]).isEqualTo(numbers[1001]);
    assertThat(replaced[1002]).isEqualTo(numbers[1002]);
  }
}
