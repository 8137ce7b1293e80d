import Dataset
import ProjectLibrary
import Testing

/// What an iteration would tag untagged images with, page by page.
@Suite struct SuggestionTests {
  private let temporary: TemporaryLibrary
  private let classifier: Classifier
  private var library: Library { temporary.library }
  private var project: Project { temporary.project }

  init() async throws {
    (temporary, classifier) = try await TemporaryLibrary.trained()
    for number in 0..<12 {
      try temporary.writePicture("new/\(number).png", classIndex: number, seed: 200 + number)
    }
    _ = try await temporary.importPhotos("photos/new", tagging: .none)
  }

  private func page(_ query: SuggestionQuery) throws -> SuggestionPage {
    try library.suggestionsForUntagged(of: project, by: classifier, query, embedding: 100)
  }

  @Test(arguments: [true, false])
  func everyImageIsShownOnceThoughPagesAreTagged(isAscending: Bool) throws {
    let untagged = try library.images(of: project.id, .untagged).map(\.id)
    #expect(untagged.count == 12)
    var query = SuggestionQuery(isAscending: isAscending, limit: 4)
    var found: [ImageSuggestion] = []
    repeat {
      let page = try page(query)
      #expect(page.suggestions.count == 4)
      found += page.suggestions
      try library.label(
        page.suggestions.map(\.image.id), .add(classifier.tags[0].id), in: project.id)
      query.after = page.next
    } while query.after != nil
    #expect(found.map(\.image.id).sorted() == untagged.sorted())
    // In ten-thousandths: equals stand in another order.
    let uncertainties = found.map { Int(($0.uncertainty * 10_000).rounded()) }
    #expect(uncertainties == (isAscending ? uncertainties.sorted() : uncertainties.sorted(by: >)))
  }

  @Test func placeIsReadBack() {
    let place = SuggestionPlace(image: .random(), uncertainty: 6931)
    #expect(SuggestionPlace(place.description) == place)
    for text in ["", "4", "x/1", "\(ImageID.random())/x", "\(ImageID.random())/1/2"] {
      #expect(SuggestionPlace(text) == nil)
    }
  }

  @Test func countsAreThoseOfThePages() throws {
    let all = try page(SuggestionQuery(isAscending: true, limit: 100)).suggestions
    for threshold in [0, 0.5, 0.9] as [Float] {
      let filter = SuggestionFilter(threshold: threshold)
      let counts = try library.suggestionCounts(
        of: project, by: classifier, filter, embedding: 100)
      #expect(Set(counts.keys) == Set(classifier.tags.map(\.id)))
      for tag in classifier.tags {
        let expected = all.count { suggestion in
          suggestion.predictions.contains {
            $0.tag.id == tag.id && $0.probability >= threshold
          }
        }
        #expect(counts[tag.id] == expected)
        var one = SuggestionQuery(isAscending: true, limit: 100)
        one.filter = SuggestionFilter(tags: [tag.id], threshold: threshold)
        #expect(try page(one).suggestions.count == expected)
      }
    }
  }
}
