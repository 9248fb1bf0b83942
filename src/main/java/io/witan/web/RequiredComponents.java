package io.witan.web;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes records as the code does: a component is required unless it is {@code @Nullable}, and
 * then null is one of its values.
 */
final class RequiredComponents implements ModelConverter {
  private static final String REFERENCE = "#/components/schemas/";

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    var resolved = chain.next().resolve(type, context, chain);
    JavaType javaType = Json.mapper().constructType(type.getType());
    if (resolved == null || javaType == null || !javaType.getRawClass().isRecord()) {
      return resolved;
    }
    var schema = definition(resolved, context);
    if (schema != null && schema.getProperties() != null) {
      for (RecordComponent component : javaType.getRawClass().getRecordComponents()) {
        describe(schema, component);
      }
    }
    return resolved;
  }

  private static @Nullable Schema<?> definition(Schema<?> resolved, ModelConverterContext context) {
    var reference = resolved.get$ref();
    return reference == null
        ? resolved
        : context.getDefinedModels().get(reference.substring(REFERENCE.length()));
  }

  private static void describe(Schema<?> schema, RecordComponent component) {
    var name = component.getName();
    var property = schema.getProperties().get(name);
    if (property == null) {
      return;
    }
    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      schema.getProperties().put(name, orNull(property));
      return;
    }
    var required =
        new LinkedHashSet<>(
            schema.getRequired() == null ? new ArrayList<String>() : schema.getRequired());
    required.add(name);
    schema.setRequired(new ArrayList<>(required));
  }

  private static Schema<?> orNull(Schema<?> property) {
    if (property.get$ref() != null) {
      var nothing = new Schema<>();
      nothing.addType("null");
      return new Schema<>().anyOf(List.of(property, nothing));
    }
    if (property.getTypes() != null) {
      property.addType("null");
    }
    return property;
  }
}
