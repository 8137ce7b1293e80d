import Dataset
import Evaluation
import ProjectLibrary

/// An iteration's figures as a table for people.
struct PerformanceText {
  let text: String

  init(_ measured: IterationPerformance) {
    let iteration = measured.iteration
    let performance = measured.performance
    text = """
      \(iteration.name): \(Figures.count(iteration.imageCount, "image")), trained in \
      \(Figures.seconds(iteration.seconds)). Out-of-fold figures at threshold \
      \(performance.threshold), 95 % intervals.

      \(Self.table(performance, names: measured.tags.map(\.name)))
      \(Self.overall(performance))
      """
  }

  /// One line a tag, and one for all of them.
  static func table(_ performance: Performance, names: [String]) -> String {
    var table = TextTable([
      ("tag", .left), ("images", .right), ("precision", .right), ("", .left), ("recall", .right),
      ("", .left), ("average precision", .right),
    ])
    for (name, figures) in zip(names, performance.perClass) {
      table.add([
        name, "\(figures.imageCount)", Figures.percent(figures.precision),
        Figures.interval(figures.precisionInterval), Figures.percent(figures.recall),
        Figures.interval(figures.recallInterval), Figures.percent(figures.averagePrecision),
      ])
    }
    table.add([
      "all", "\(performance.imageCount)", Figures.percent(performance.precision), "",
      Figures.percent(performance.recall), "", Figures.percent(performance.averagePrecision),
    ])
    return table.text
  }

  static func overall(_ performance: Performance) -> String {
    let interval = performance.accuracyInterval.map { " (\(Figures.interval($0)))" } ?? ""
    return """

      accuracy \(Figures.percent(performance.accuracy))\(interval), mean over tags \
      \(Figures.percent(performance.macroAccuracy)), log loss \
      \(Figures.decimal(performance.logLoss, places: 3)), calibration error \
      \(Figures.decimal(performance.expectedCalibrationError, places: 3))
      """
  }
}
