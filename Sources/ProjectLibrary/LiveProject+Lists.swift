import Dataset
import Judging
import Matrices

/// Lists of untagged pictures, and of pictures like another.
extension LiveProject {
  /// How many of a picture's most probable tags are told.
  private static let suggestionCount = 3

  func suggestions(_ reading: LiveReading, threshold: Double) -> [ReviewItem] {
    if toldClasses(reading).isEmpty { return [] }
    return borne.indices.filter { borne[$0].isEmpty }
      .map { suggestion(for: $0, reading, score: nil) }
      .filter { ($0.score ?? 0) >= threshold }
      .enumerated()
      .sorted { left, right in
        let scores = (left.element.score ?? 0, right.element.score ?? 0)
        return scores.0 == scores.1 ? left.offset < right.offset : scores.0 > scores.1
      }
      .map(\.element)
  }

  func suggestedTags(_ reading: LiveReading, from threshold: Double) -> [ImageID: [TagID]] {
    var suggested: [ImageID: [TagID]] = [:]
    let told = toldClasses(reading)
    for row in borne.indices where borne[row].isEmpty {
      let judgement = Judgement(
        told.map { Judgement.Entry(classes[$0].id, reading.probabilities[row, $0]) },
        isOutOfFold: false)
      let believed =
        project.type == .multiclass
        ? judgement.top.map { [$0] } ?? [] : judgement.probabilities
      let tags = believed.filter { Double($0.probability) >= threshold }.map(\.tag)
      if !tags.isEmpty { suggested[images[row].id] = tags }
    }
    return suggested
  }

  func queue(_ reading: LiveReading, limit: Int) -> [ReviewItem] {
    heads.judging.teachingOrder(reading, count: limit).map {
      suggestion(for: $0.row, reading, score: $0.score)
    }
  }

  /// Without a score that of the most probable tag counts.
  private func suggestion(for row: Int, _ reading: LiveReading, score: Double?) -> ReviewItem {
    let told = toldClasses(reading)
    let predictions = TagPrediction.ranked(
      told.map { classes[$0] }, told.map { reading.probabilities[row, $0] }
    ).prefix(Self.suggestionCount)
    return ReviewItem(
      image: image(row), score: score ?? predictions.first.map { Double($0.probability) },
      reasons: predictions.isEmpty ? [] : [.suggested(Array(predictions))])
  }

  func neighbours(of image: ImageID) -> [ReviewItem] {
    guard let row = rowOfImage[image] else { return [] }
    let similarities = heads.suggesting.similarities(toRow: row)
    let order = similarities.indices.filter { $0 != row }.sorted {
      similarities[$0] == similarities[$1] ? $0 < $1 : similarities[$0] > similarities[$1]
    }
    return order.map { other in
      ReviewItem(
        image: self.image(other), score: Double(similarities[other]),
        reasons: [.bears(tags.filter { borne[other].contains($0.id) })])
    }
  }
}
