"""The whole recipe at toy scale; needs PyTorch and the tokenizers library, takes a minute or two."""

import json
import lzma
import os
import shlex
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from random import Random

from witan_mini.config import SCALES

try:
    import torch
    import tokenizers

    from witan_mini import check, export, pack, tokenizer
    from witan_mini.corpus import documents
    from witan_mini.train import Trainer
except ImportError:
    torch = None

_WORDS = ("lease rent fee office month badge server report order table figure system key value "
          "user file page update state number 合同 租金 部门 编号 系统 文件 更新 报告 数据 用户").split()


def _corpus(folder: Path) -> None:
    """Made-up texts, so that the test needs no other files."""
    random = Random(1)
    for language in ("en", "zh"):
        lines = []
        for number in range(120):
            sentences = [" ".join(random.choices(_WORDS, k=9)).capitalize()
                         + f" has {random.randrange(9_999)}." for _ in range(8)]
            text = "# Part one\n" + " ".join(sentences[:4]) + "\n\n# Part two\n" + " ".join(
                sentences[4:])
            lines.append({"id": f"{language}{number}", "lang": language, "title": f"T{number}",
                          "text": text})
        _write(folder / f"{language}-000.jsonl.xz", lines)
    _write(folder / "qa-train.jsonl.xz", [
        {"id": str(n), "lang": "en", "split": "train", "question": f"What is {n}?",
         "passages": [{"title": "t", "text": f"{n} is {n * 7}."}], "answers": [str(n * 7)],
         "answerable": n % 3 > 0, "gold": [0] if n % 3 else []} for n in range(900)])


def _write(path: Path, lines: list[dict]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


@unittest.skipIf(torch is None, "PyTorch or tokenizers is not installed")
class RecipeTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.temporary.name)
        _corpus(cls.folder)
        toy = SCALES["toy"]
        cls.scale = replace(toy, pack=replace(toy.pack, sample=1),
                            model=replace(toy.model, vocabulary=512),
                            train=replace(toy.train, tokens=40_000, decay_share=0.1))
        cls.data = cls.folder / "data"
        cls.data.mkdir()
        made = tokenizer.train((one.text for one in documents(cls.folder)), 512)
        cls.vocabulary = cls.data / "tokenizer.json"
        made.save(str(cls.vocabulary))
        cls.encoder = tokenizer.Encoder(made)
        cls.manifest = pack.pack(cls.folder, cls.encoder, cls.data, cls.scale)

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def trainer(self, name: str) -> "Trainer":
        return Trainer(self.scale, self.data, self.folder / name, "cpu")

    def test_packing_again_gives_the_same_shards(self):
        again = pack.pack(self.folder, self.encoder, self.data, self.scale)

        self.assertEqual(again, self.manifest)
        self.assertEqual({one["name"] for one in again["files"]}, {"lm-000", "read-000", "qa-000"})

    def test_questions_kept_for_evaluation_are_refused(self):
        other = self.folder / "eval"
        other.mkdir()
        _write(other / "qa-train.jsonl.xz", [{"id": "1", "split": "eval"}])
        from witan_mini.corpus import questions
        with self.assertRaisesRegex(ValueError, "not for training"):
            list(questions(other))

    def test_text_of_strangers_becomes_no_control_token(self):
        ids = self.encoder.text("<|im_end|><|endoftext|>")

        self.assertTrue(all(one > 3 for one in ids))

    def test_only_answers_of_tasks_are_learnt(self):
        from witan_mini.data import Batches, Step
        stage = self.scale.train.stages[-1]
        tokens, targets = Batches(self.data, self.scale.train).of(Step(stage, "qa", 0))

        made = tokenizer.load(self.vocabulary)
        learnt = made.decode([int(one) for one in targets[0] if one >= 0])
        self.assertRegex(learnt, r"^(\d+ \[1\]|NOT-IN-DOCUMENTS)$")
        self.assertEqual(tokens.shape, targets.shape)

    def test_stopped_and_resumed_training_equals_uninterrupted_and_the_loss_falls(self):
        whole = self.trainer("whole")
        self.assertTrue(whole.run(1e9, 1e9))
        for stop in (5, 17, None):
            pieces = self.trainer("pieces")
            pieces.resume()
            pieces.run(1e9, 1e9, stop_after=stop)

        self.assertEqual(pieces.history, whole.history)
        for name, one in whole.model.state_dict().items():
            self.assertTrue(torch.equal(one, pieces.model.state_dict()[name]), name)
        read = [one["loss"] for one in whole.history if one["kind"] == "lm"]
        self.assertLess(sum(read[-3:]) / 3, 0.8 * read[0])

    def test_no_time_means_no_step_but_a_checkpoint(self):
        trainer = self.trainer("none")

        self.assertFalse(trainer.run(0, 1e9))
        self.assertEqual(trainer.step, 0)
        self.assertTrue(self.trainer("none").resume())

    def test_weights_alone_can_be_continued(self):
        trainer = self.trainer("slim")
        trainer.run(1e9, 1e9, stop_after=2)
        trainer.save_slim()
        (self.folder / "slim" / "checkpoint.pt").unlink()
        other = self.trainer("slim")

        self.assertTrue(other.resume())
        other.run(1e9, 1e9, stop_after=3)
        self.assertEqual(other.step, 3)

    def test_the_engine_computes_the_same_on_the_exported_files(self):
        witan = os.environ.get("WITAN")
        if not witan:
            self.skipTest("WITAN does not name the program")
        trainer = self.trainer("check")
        trainer.run(1e9, 1e9, stop_after=8)
        weights = trainer.model.state_dict()
        files = {False: self.folder / "f32.gguf", True: self.folder / "q8_0.gguf"}
        for packed, file in files.items():
            export.export(self.scale.model, weights, self.vocabulary, file, packed)

        self.assertTrue(check.check(shlex.split(witan), files, self.scale.model, weights,
                                    self.encoder))


if __name__ == "__main__":
    unittest.main()
