import Dataset
import Evaluation
import Foundation
import ProjectLibrary
import Testing
import WorkbenchTesting

/// What is said of pictures while people tag them, and the lists that are made of it.
@Suite struct LiveLearnerTests {
  /// Seven pictures a tag, the last of each under another tag's colour.
  private func tagged(_ type: ClassificationType = .multiclass) async throws -> TemporaryLibrary {
    let temporary = try TemporaryLibrary(type: type)
    for (classIndex, tag) in ["red", "green"].enumerated() {
      for number in 0..<7 {
        try temporary.writePicture(
          "\(tag)/\(tag)-\(number).png", classIndex: number == 6 ? 1 - classIndex : classIndex,
          seed: number)
      }
    }
    _ = try await temporary.importPhotos()
    _ = try await temporary.library.embedImages(of: temporary.project) { _ in }
    return temporary
  }

  private func figures(_ state: LiveState) throws -> LiveFigures {
    guard case .live(let figures) = state else {
      throw Unexpected(state: "\(state)")
    }
    return figures
  }

  private struct Unexpected: Error { let state: String }

  @Test(arguments: [ClassificationType.multiclass, .multilabel])
  func wrongTagsComeFirstAndConfirmedOnesLast(type: ClassificationType) async throws {
    let temporary = try await tagged(type)
    let (library, project) = (temporary.library, temporary.project.id)
    let learner = LiveLearner(library, project)
    let accuracy = try figures(try await learner.follow()).accuracy
    #expect(abs((accuracy ?? 0) - 12.0 / 14) < 1e-9)

    let suspects = try await learner.suspects(limit: 14)
    #expect(suspects.count == 14)
    #expect(Set(suspects.prefix(2).map(\.image.name)) == ["red-6.png", "green-6.png"])
    let scores = suspects.compactMap(\.score)
    #expect(scores == scores.sorted(by: >) && scores.allSatisfy { (0...1).contains($0) })
    let bare = try #require(suspects.first { $0.image.name == "red-6.png" })
    let red = await learner.withEvidence(bare)
    #expect(red.suggestion?.name == "green")
    #expect(red.agreeing?.image.name.hasPrefix("red") == true)
    #expect(red.disagreeing?.image.name.hasPrefix("green") == true)
    #expect((red.disagreeing?.similarity ?? -1) > (red.agreeing?.similarity ?? 1))
    let first = try await learner.suspects(limit: 3)
    #expect(first == Array(suspects.prefix(3)))

    try library.confirmLabels([red.image.id], in: project)
    let after = try await learner.suspects(limit: 14)
    #expect(after.last?.image.name == "red-6.png" && after.last?.reasons == [.confirmed])
    #expect(after.first?.image.name == "green-6.png")
  }

  @Test(arguments: ClassificationType.allCases)
  func oneTagAloneSuggestsNothing(type: ClassificationType) async throws {
    let temporary = try TemporaryLibrary(type: type)
    let (library, project) = (temporary.library, temporary.project.id)
    try temporary.writePictures(["red", "green"], count: 4)
    _ = try await temporary.importPhotos("photos/red")
    _ = try await temporary.importPhotos("photos/green", tagging: .none)
    _ = try await library.embedImages(of: temporary.project) { _ in }
    let learner = LiveLearner(library, project)
    var figures = try figures(try await learner.follow())
    let images = try library.images(of: project)
    #expect(figures.accuracy == nil && images.allSatisfy { figures.judgement(of: $0.id) == nil })
    #expect(await learner.suggestions(limit: 9).isEmpty)
    #expect(await learner.suggestedTags(from: 0).isEmpty)
    #expect(await learner.queue(limit: 9).allSatisfy(\.reasons.isEmpty))
    let red = try library.tag("red", of: project)
    #expect(try await learner.suspects(limit: 9).allSatisfy { $0.reasons == [.unopposed(red)] })

    let green = try library.createTag("green", in: project)
    try library.label([images[5].id], .add(green.id), in: project)
    figures = try self.figures(try await learner.follow())
    #expect(figures.judgement(of: images[7].id)?.top?.tag == green.id)
    #expect(await learner.suggestions(limit: 9).count == 3)
  }

  @Test(arguments: [ClassificationType.multiclass, .multilabel])
  func nearDuplicatesThatBearAnotherTagAreTold(type: ClassificationType) async throws {
    let temporary = try await tagged(type)
    // The same picture as red-0 but for a few pixels.
    try temporary.writeNearCopy("green/copy.png", number: 2, classIndex: 0, seed: 0)
    _ = try await temporary.importPhotos()
    _ = try await temporary.library.embedImages(of: temporary.project) { _ in }
    let learner = LiveLearner(temporary.library, temporary.project.id)
    _ = try await learner.follow()
    let suspects = try await learner.suspects(limit: 15)
    let copy = try #require(suspects.first { $0.image.name == "copy.png" })
    let red = try temporary.library.tag("red", of: temporary.project.id)
    let green = try temporary.library.tag("green", of: temporary.project.id)
    #expect(copy.suggestion == red)
    #expect(copy.corrections.contains(.add(red.id)))
    #expect(copy.corrections.contains(.remove(green.id)) == (type == .multilabel))
    #expect(copy.reasons.contains(.nearDuplicatesBear(red, count: 1, of: 1)))
    #expect(
      copy.reasons.contains(.nearDuplicatesBear(green, count: 0, of: 1)) == (type == .multilabel))
    #expect(
      !suspects.contains { item in
        !["copy.png", "red-0.png"].contains(item.image.name)
          && item.reasons.contains {
            if case .nearDuplicatesBear = $0 { true } else { false }
          }
      })
  }

  @Test func misclassifiedRespectsWhatIsSaidToBeRight() async throws {
    let temporary = try await tagged()
    let (library, project) = (temporary.library, temporary.project)
    #expect(throws: LibraryError.notTrained(project: "flowers")) {
      try library.misclassified(in: project, limit: 9)
    }
    _ = try await library.train(project) { _ in }
    let items = try library.misclassified(in: project, limit: 9)
    #expect(Set(items.map(\.image.name)) == ["red-6.png", "green-6.png"])
    for item in items {
      guard case .another(let tag, let probability, let given, let own, _) = item.reasons[0] else {
        Issue.record("\(item.reasons)")
        continue
      }
      #expect(tag.name != given.name && item.image.name.hasPrefix(given.name))
      #expect(probability > own && item.score == Double(probability))
    }
    try library.confirmLabels([items[0].image.id], in: project.id)
    #expect(try library.misclassified(in: project, limit: 9) == [items[1]])
    #expect(try library.misclassified(in: project, limit: 1).count == 1)
  }

  @Test(arguments: 0..<6)
  func followingChangesIsAsGoodAsBeginningAnew(seed: Int) async throws {
    let type = ClassificationType.allCases[seed % 2]
    let temporary = try await tagged(type)
    let (library, project) = (temporary.library, temporary.project.id)
    let learner = LiveLearner(library, project)
    _ = try await learner.follow()
    let images = try library.images(of: project).map(\.id)
    let tags = try library.tagCounts(of: project).map(\.tag.id)
    var generator = SplitMix64(seed: seed)
    for step in 0..<8 {
      let image = images[Int.random(in: 0..<images.count, using: &generator)]
      let tag = tags[Int.random(in: 0..<2, using: &generator)]
      let operation: LabelOperation =
        [.clear, .add(tag), .remove(tag)][Int.random(in: 0..<3, using: &generator)]
      try library.label([image], operation, in: project)
      let now = try #require(try library.image(image))
      // Told at once, or found in the library later.
      let state =
        step % 2 == 0 ? await learner.take([image: now.tags]) : try await learner.follow()
      let fresh = try figures(try await LiveLearner(library, project).follow())
      let found = try figures(state)
      #expect(found.accuracy == fresh.accuracy && found.taggedCount == fresh.taggedCount)
      for image in images {
        let (one, other) = (found.judgement(of: image), fresh.judgement(of: image))
        let pairs = zip(one?.probabilities ?? [], other?.probabilities ?? [])
        #expect(pairs.allSatisfy { abs($0.probability - $1.probability) < 1e-3 })
        #expect(one?.isOutOfFold == other?.isOutOfFold)
      }
    }
  }

  @Test func newPicturesAndTagsAreSeen() async throws {
    let temporary = try await tagged()
    let (library, project) = (temporary.library, temporary.project)
    let learner = LiveLearner(library, project.id)
    _ = try await learner.follow()
    try temporary.writePicture("more/new.png", classIndex: 0, seed: 99)
    _ = try await temporary.importPhotos("photos/more", tagging: .none)
    let before = try figures(try await learner.follow())
    #expect(before.unembeddedCount == 1)
    _ = try await library.embedImages(of: project) { _ in }
    let now = try figures(try await learner.follow())
    #expect(now.unembeddedCount == 0 && now.taggedCount == 14)
    let image = try #require(try library.images(named: "new.png", of: project.id).first)
    let red = try library.tag("red", of: project.id)
    #expect(now.judgement(of: image.id)?.top?.tag == red.id)
    #expect(now.judgement(of: image.id)?.isOutOfFold == false)
    let blue = try library.createTag("blue", in: project.id)
    // Of a tag without pictures nothing is told.
    #expect(try figures(try await learner.follow()).tags == now.tags)
    try library.label([image.id], .add(blue.id), in: project.id)
    #expect(try figures(try await learner.follow()).tags.contains(blue))
  }

  @Test func aTagThatIsNotKnownYetIsPassedOver() async throws {
    let temporary = try await tagged()
    let (library, project) = (temporary.library, temporary.project)
    let learner = LiveLearner(library, project.id)
    _ = try await learner.follow()
    let image = try #require(try library.images(named: "red-0.png", of: project.id).first)
    let blue = try library.createTag("blue", in: project.id)
    let now = try figures(await learner.take([image.id: [blue.id]]))
    #expect(now.judgement(of: image.id)?.isOutOfFold == false)
    let listed = try await learner.suspects(limit: 99)
    #expect(!listed.isEmpty && !listed.contains { $0.image.id == image.id })
  }

  @Test func onlyPictureOfItsTagCannotBeJudged() async throws {
    let temporary = try await tagged()
    let (library, project) = (temporary.library, temporary.project)
    let blue = try library.createTag("blue", in: project.id)
    let image = try #require(try library.images(named: "red-0.png", of: project.id).first)
    try library.label([image.id], .add(blue.id), in: project.id)
    let learner = LiveLearner(library, project.id)
    _ = try await learner.follow()
    let last = try await learner.suspects(limit: 99).last
    #expect(last?.image.name == "red-0.png" && last?.score == nil)
    #expect(last?.reasons == [.alone(blue)])
  }

  @Test func untaggedPicturesAreSuggestedAndQueued() async throws {
    let temporary = try await tagged()
    let (library, project) = (temporary.library, temporary.project)
    for number in 0..<4 {
      try temporary.writePicture(
        "more/new-\(number).png", classIndex: number % 2, seed: 50 + number)
    }
    // The same picture as red-0 but for a few pixels.
    try temporary.writeNearCopy("more/copy.png", number: 2, classIndex: 0, seed: 0)
    _ = try await temporary.importPhotos("photos/more", tagging: .none)
    _ = try await library.embedImages(of: project) { _ in }
    let learner = LiveLearner(library, project.id)
    _ = try await learner.follow()

    let suggested = await learner.suggestions(limit: 9)
    #expect(suggested.count == 5)
    let right = ["new-0.png": "red", "new-1.png": "green", "new-2.png": "red", "copy.png": "red"]
    for item in suggested where right[item.image.name] != nil {
      #expect(item.suggestion?.name == right[item.image.name])
    }
    let scores = suggested.compactMap(\.score)
    #expect(scores == scores.sorted(by: >) && scores.count == 5)
    let some = await learner.suggestions(limit: 9, threshold: scores[2])
    #expect(some == Array(suggested.prefix(3)))

    let queue = await learner.queue(limit: 9)
    #expect(Set(queue.map(\.image.id)) == Set(suggested.map(\.image.id)))
    // A copy of a tagged picture teaches nothing.
    #expect(queue.last?.image.name == "copy.png")

    let red = try library.images(named: "red-0.png", of: project.id)[0]
    let near = await learner.neighbours(of: red.id, limit: 3)
    #expect(near.first?.image.name == "copy.png" && near.first?.reasons == [.bears([])])
    #expect(near.count == 3 && (near[1].score ?? 1) < (near[0].score ?? 0))

    let green = try library.tag("green", of: project.id)
    let copy = try library.images(named: "copy.png", of: project.id)[0]
    let same = try library.nearDuplicates(in: project, limit: 99).filter {
      $0.image.id == copy.id
    }
    #expect((same.first?.score ?? 9) < 1.01)
    try library.label([copy.id], .add(green.id), in: project.id)
    let groups = try library.nearDuplicates(in: project, limit: 99)
    #expect(Set(groups.prefix(2).map(\.image.name)) == ["red-0.png", "copy.png"])
    #expect((groups.first?.score ?? 0) > 1.9)
  }

  @Test func groupsThatAreKeptAreListedOnceMoreWhenAPictureJoinsThem() async throws {
    let temporary = try await tagged()
    let (library, project) = (temporary.library, temporary.project)
    func importCopy(_ number: Int) async throws {
      try temporary.writeNearCopy("more/copy-\(number).png", number: number, classIndex: 0, seed: 0)
      _ = try await temporary.importPhotos("photos/more", tagging: .none)
      _ = try await library.embedImages(of: project) { _ in }
    }
    try await importCopy(2)
    let listed = try library.nearDuplicates(in: project, limit: 99)
    let group = listed.filter { $0.reasons == listed[0].reasons }.map(\.image.id)
    #expect(try library.keepBesideDuplicates(group, in: project.id) == group.count)
    #expect(try library.keepBesideDuplicates(group, in: project.id) == 0)
    func isListed() throws -> Bool {
      try library.nearDuplicates(in: project, limit: 99).contains { group.contains($0.image.id) }
    }
    #expect(try !isListed())
    _ = try library.undo(in: project.id)
    #expect(try isListed())
    _ = try library.redo(in: project.id)
    #expect(try !isListed())
    try await importCopy(3)
    #expect(try isListed())
  }

  @Test func restsAboveTheLimit() async throws {
    let temporary = try await tagged()
    let learner = LiveLearner(temporary.library, temporary.project.id, mostTagged: 13)
    let tagged = try await learner.follow()
    #expect(tagged == .resting(.tooManyTagged(count: 14, limit: 13)))
    let none = try await learner.suspects(limit: 5)
    #expect(none.isEmpty)
    let small = LiveLearner(temporary.library, temporary.project.id, mostTagged: 6)
    let all = try await small.follow()
    #expect(all == .resting(.tooManyImages(count: 14, limit: 12)))
  }

  @Test(arguments: [ClassificationType.multiclass, .multilabel])
  func newTagsAndNamesGiveWhatBeginningAnewGives(type: ClassificationType) async throws {
    let temporary = try await tagged(type)
    let (library, project) = (temporary.library, temporary.project)
    let learner = LiveLearner(library, project.id)
    _ = try await learner.follow()
    let blue = try library.createTag("blue", in: project.id)
    _ = try library.createTag("none", kind: .negative, in: project.id)
    let image = try #require(try library.images(named: "red-0.png", of: project.id).first)
    try library.label([image.id], .add(blue.id), in: project.id)
    try library.rename(project, to: "colours")
    let kept = try figures(try await learner.follow())
    let anew = try figures(try await LiveLearner(library, project.id).follow())
    #expect(kept.tags == anew.tags && kept.taggedCount == anew.taggedCount)
    for image in try library.images(of: project.id) {
      let (first, second) = (kept.judgement(of: image.id), anew.judgement(of: image.id))
      for (left, right) in zip(first?.probabilities ?? [], second?.probabilities ?? []) {
        #expect(left.tag == right.tag && abs(left.probability - right.probability) < 1e-3)
      }
    }
  }

  @Test(arguments: [ClassificationType.multiclass, .multilabel])
  func believedSuggestionsAreThoseAboveTheThreshold(type: ClassificationType) async throws {
    let temporary = try await tagged(type)
    let (library, project) = (temporary.library, temporary.project.id)
    let reds = try library.images(of: project).filter { $0.name.hasPrefix("red") }
    try library.label([reds[0].id, reds[1].id], .clear, in: project)
    let learner = LiveLearner(library, project)
    let live = try figures(try await learner.follow())
    let all = await learner.suggestedTags(from: 0)
    #expect(Set(all.keys) == [reds[0].id, reds[1].id])
    #expect(all.values.allSatisfy { $0.count == (type == .multiclass ? 1 : 2) })
    for threshold in [0.3, 0.5, 0.7] {
      for (image, tags) in await learner.suggestedTags(from: threshold) {
        let judgement = try #require(live.judgement(of: image))
        #expect(tags.allSatisfy { Double(judgement.probability(of: $0) ?? 0) >= threshold })
      }
    }
    let none = await learner.suggestedTags(from: 1)
    #expect(none.isEmpty)
  }

  @Test func newImagesWaitUntilTheyMayBeTakenIn() async throws {
    let temporary = try await tagged()
    let (library, project) = (temporary.library, temporary.project)
    let learner = LiveLearner(library, project.id)
    _ = try await learner.follow()
    try temporary.writePicture("red/new.png", classIndex: 0, seed: 99)
    _ = try await temporary.importPhotos()
    _ = try await library.embedImages(of: project) { _ in }
    let red = try #require(try library.images(named: "red-0.png", of: project.id).first)
    try library.label([red.id], .clear, in: project.id)
    let gone = try #require(try library.images(named: "red-1.png", of: project.id).first)
    _ = try library.removeImages([gone.id], from: project.id)
    let new = try #require(try library.images(named: "new.png", of: project.id).first)

    let before = try figures(try await learner.follow(takingNewImages: false))
    #expect(before.taggedCount == 12 && before.unembeddedCount == 1)
    #expect(before.judgement(of: new.id) == nil)
    #expect(before.judgement(of: red.id)?.isOutOfFold == false)
    let after = try figures(try await learner.follow())
    #expect(after.unembeddedCount == 0)
    #expect(after.judgement(of: new.id) != nil && after.judgement(of: gone.id) == nil)
  }

  @Test func suspiciousTagsAreCountedAndTheLargestGainComesFirst() async throws {
    let temporary = try TemporaryLibrary()
    for (classIndex, tag) in ["red", "green", "blue"].enumerated() {
      for number in 0..<(tag == "blue" ? 4 : 16) {
        // Every fourth red one is green.
        let isWrong = tag == "red" && number % 4 == 0
        try temporary.writePicture(
          "\(tag)/\(tag)-\(number).png", classIndex: isWrong ? 1 : classIndex,
          seed: isWrong ? 100 + number : number)
      }
    }
    _ = try await temporary.importPhotos()
    _ = try await temporary.library.embedImages(of: temporary.project) { _ in }
    let learner = LiveLearner(temporary.library, temporary.project.id)
    let advisor = TagAdvisor(learner)
    #expect(try await advisor.advice().isEmpty)
    _ = try await learner.follow()
    let advice = try await advisor.advice()
    #expect(Set(advice.map(\.tag.name)) == ["red", "green", "blue"])
    let red = try #require(advice.first { $0.tag.name == "red" })
    #expect(red.advice.pictureCount == 16 && red.advice.suspiciousCount == 4)
    let gains = advice.map { $0.advice.gain?.mean ?? 1 }
    #expect(gains == gains.sorted(by: >))
  }
}
