import Dataset
import Judging
import Matrices

/// Lists of untagged pictures, of pictures like another, and of near-duplicates.
extension LiveProject {
  /// How many of a picture's most probable tags are told.
  private static let suggestionCount = 3

  func suggestions(_ reading: LiveReading, threshold: Double) -> [ReviewItem] {
    borne.indices.filter { borne[$0].isEmpty }
      .map { suggestion(for: $0, reading, score: nil) }
      .filter { ($0.score ?? 0) >= threshold }
      .enumerated()
      .sorted { left, right in
        let scores = (left.element.score ?? 0, right.element.score ?? 0)
        return scores.0 == scores.1 ? left.offset < right.offset : scores.0 > scores.1
      }
      .map(\.element)
  }

  func queue(_ reading: LiveReading, limit: Int) -> [ReviewItem] {
    learner.teachingOrder(reading, count: limit).map {
      suggestion(for: $0.row, reading, score: $0.score)
    }
  }

  /// Without a score that of the most probable tag counts.
  private func suggestion(for row: Int, _ reading: LiveReading, score: Double?) -> ReviewItem {
    let predictions = zip(classes, reading.probabilities.row(row))
      .map { TagPrediction(tag: $0, probability: $1) }
      .enumerated()
      .sorted { left, right in
        let pair = (left.element.probability, right.element.probability)
        return pair.0 == pair.1 ? left.offset < right.offset : pair.0 > pair.1
      }
      .prefix(Self.suggestionCount).map(\.element)
    return ReviewItem(
      image: image(row), score: score ?? predictions.first.map { Double($0.probability) },
      reasons: [.suggested(predictions)])
  }

  func neighbours(of image: ImageID) -> [ReviewItem] {
    guard let row = rowOfImage[image] else { return [] }
    let similarities = learner.similarities(toRow: row)
    let order = similarities.indices.filter { $0 != row }.sorted {
      similarities[$0] == similarities[$1] ? $0 < $1 : similarities[$0] > similarities[$1]
    }
    return order.map { other in
      ReviewItem(
        image: self.image(other), score: Double(similarities[other]),
        reasons: [.bears(tags.filter { borne[other].contains($0.id) })])
    }
  }

  func nearDuplicates() -> [ReviewItem] {
    let members = Dictionary(grouping: images.indices, by: { groups[$0] })
      .values.filter { $0.count > 1 }
      .map { rows in
        let given = rows.map { Set(borne[$0]) }.filter { !$0.isEmpty }
        return (rows: rows, tagsDiffer: Set(given).count > 1)
      }
      .sorted { left, right in
        if left.tagsDiffer != right.tagsDiffer { return left.tagsDiffer }
        return left.rows.count == right.rows.count
          ? left.rows[0] < right.rows[0] : left.rows.count > right.rows.count
      }
    return members.enumerated().flatMap { number, group in
      group.rows.map { row in
        // Groups whose tags differ score above 1.
        let similarities = learner.similarities(toRow: row)
        let nearest = group.rows.filter { $0 != row }.map { similarities[$0] }.max() ?? 0
        return ReviewItem(
          image: image(row), score: Double(nearest) + (group.tagsDiffer ? 1 : 0),
          reasons: [
            .nearDuplicate(
              group: number + 1, imageCount: group.rows.count, tagsDiffer: group.tagsDiffer)
          ])
      }
    }
  }
}
