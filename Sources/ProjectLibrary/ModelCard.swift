import Dataset
import Evaluation
import Foundation

/// The texts that go with exported models.
struct ModelCard {
  let project: Project
  let iteration: Iteration
  let tags: [Tag]
  let performance: Performance
  /// Of the head that sees squares.
  let squarePerformance: Performance
  let imageHash: String
  let side: Int

  /// What readers of the service's packages look for.
  var manifest: String {
    """
    {
      "DomainType": "Classification",
      "Platform": "ONNX",
      "ExporterVersion": "2.0",
      "SchemaVersion": "1.0",
      "IterationId": "\(iteration.id)",
      "ModelFileName": "model.onnx",
      "LabelFileName": "labels.txt"
    }

    """
  }

  var text: String {
    let trained = Date(timeIntervalSince1970: iteration.trainedAt).formatted(.iso8601)
    let pretrained = "pretrained on ImageNet, Apache License 2.0"
    let backbones =
      switch iteration.domain {
      case .compact: "EfficientNet-Lite0, \(pretrained)"
      case .general: "EfficientNet-Lite0 and -Lite2, \(pretrained)"
      case .encoder(let name): "the encoder \(name), whose license is its author's"
      }
    return """
      # \(project.name), \(iteration.name)

      \(project.description.isEmpty ? "An image classifier made with tagbench." : project.description)

      | | |
      |---|---|
      | Kind | \(iteration.type == .multiclass ? "multiclass: one tag an image" : "multilabel: any number of tags") |
      | Trained | \(trained), on \(iteration.imageCount) images |
      | Data | SHA-256 of contents and tags: `\(imageHash)` |
      | Backbones | \(backbones); frozen |
      | Head | linear, fitted on these images, calibrated out of fold |

      ## Files

      - `model.onnx` takes `data`, one RGB picture from 0 to 255 as 32-bit floats [1, 3, \(side), \(side)], resized \
      to that square whatever its ratio.
      - `model-raw.onnx` takes `image`, one RGB picture of any size as 8-bit numbers [rows, columns, 3], turned upright. It \
      cuts it as tagbench does and answers as the project itself.
      - Both give `probabilities` [1, \(tags.count)], in the order of `labels.txt`.

      ## Figures

      Every image is judged by a head that never saw it nor a near-copy of it, at threshold \(performance.threshold); 95 % intervals.

      `model-raw.onnx`, as the project itself:

      \(table(performance))

      `model.onnx`, whose head was fitted on the same images resized to squares:

      \(table(squarePerformance))

      ## Use

      It tells which of its tags fit a picture in which the thing to recognise is prominent. It does not say where it is, and knows
      nothing but its tags: a picture of something else \(iteration.type == .multiclass ? "gets one" : "may get some") of them all the same\
      \(tags.contains { $0.kind == .negative } ? ", unless the negative tag is more probable" : ""). Figures hold for pictures like those \
      it was trained on. Do not use it where a wrong answer harms somebody.

      """
  }

  private func table(_ performance: Performance) -> String {
    var lines = [
      "| tag | images | precision | | recall | | average precision |",
      "|---|--:|--:|---|--:|---|--:|",
    ]
    for (tag, figures) in zip(tags, performance.perClass) {
      lines.append(
        "| \(tag.name.replacing("|", with: "\\|")) | \(figures.imageCount) "
          + "| \(Self.percent(figures.precision)) | \(Self.interval(figures.precisionInterval)) "
          + "| \(Self.percent(figures.recall)) | \(Self.interval(figures.recallInterval)) "
          + "| \(Self.percent(figures.averagePrecision)) |")
    }
    return lines.joined(separator: "\n")
      + "\n\naccuracy \(Self.percent(performance.accuracy)) "
      + "(\(Self.interval(performance.accuracyInterval))) of \(performance.judgedCount) images"
  }

  private static func percent(_ rate: Double?) -> String {
    rate.map { String(format: "%.1f %%", 100 * $0) } ?? "unknown"
  }

  private static func interval(_ interval: RateInterval?) -> String {
    interval.map { String(format: "%.0f–%.0f %%", 100 * $0.lower, 100 * $0.upper) } ?? ""
  }

  /// Runs both models on files; with their names alone, for people.
  var pythonExample: String {
    """
    # pip install numpy onnxruntime pillow; python example.py PICTURE...
    import sys
    from pathlib import Path

    import numpy
    import onnxruntime
    from PIL import Image, ImageOps

    here = Path(__file__).parent
    labels = (here / "labels.txt").read_text(encoding="utf-8").removesuffix("\\n").split("\\n")
    raw = onnxruntime.InferenceSession(here / "model-raw.onnx")
    square = onnxruntime.InferenceSession(here / "model.onnx")
    for name in sys.argv[1:]:
        picture = ImageOps.exif_transpose(Image.open(name)).convert("RGB")
        small = numpy.asarray(picture.resize((\(side), \(side)), Image.Resampling.BICUBIC), numpy.float32)
        answers = [
            raw.run(None, {"image": numpy.asarray(picture)})[0][0],
            square.run(None, {"data": small.transpose(2, 0, 1)[None]})[0][0],
        ]
        for model, answer in zip(["model-raw", "model"], answers):
            best = int(answer.argmax())
            print(f"{name}\\t{model}\\t{labels[best]}\\t{answer[best]:.4f}")

    """
  }

  var javaScriptExample: String {
    """
    // Not run by tagbench's own tests. npm install onnxruntime-node sharp; node example.mjs PICTURE...
    import { readFileSync } from "node:fs";
    import ort from "onnxruntime-node";
    import sharp from "sharp";

    const labels = readFileSync("labels.txt", "utf8").trimEnd().split("\\n");
    const model = await ort.InferenceSession.create("model-raw.onnx");
    for (const name of process.argv.slice(2)) {
      const { data, info } = await sharp(name).rotate().removeAlpha().toColourspace("srgb").raw()
        .toBuffer({ resolveWithObject: true });
      const image = new ort.Tensor("uint8", data, [info.height, info.width, 3]);
      const { probabilities } = await model.run({ image });
      const best = probabilities.data.indexOf(Math.max(...probabilities.data));
      console.log(name, labels[best], probabilities.data[best].toFixed(4));
    }

    """
  }
}
