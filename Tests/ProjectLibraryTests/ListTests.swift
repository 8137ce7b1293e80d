import Dataset
import Foundation
import ProjectLibrary
import Testing
import WorkbenchTesting

/// Lists of images: which ones, in which order, and windows of them.
@Suite struct ListTests {
  /// Seven pictures a tag, the last of each under another tag's colour, trained.
  private func trained(
    _ type: ClassificationType = .multiclass
  ) async throws -> TemporaryLibrary {
    let temporary = try TemporaryLibrary(type: type)
    for (classIndex, tag) in ["red", "green"].enumerated() {
      for number in 0..<7 {
        try temporary.writePicture(
          "\(tag)/\(tag)-\(number).png", classIndex: number == 6 ? 1 - classIndex : classIndex,
          seed: number)
      }
    }
    _ = try await temporary.importPhotos()
    _ = try await temporary.library.train(temporary.project) { _ in }
    return temporary
  }

  private func names(
    _ text: String, _ temporary: TemporaryLibrary, order: ImageOrder = .imported,
    isReversed: Bool = false
  ) throws -> [String] {
    try temporary.library.rows(
      0..<100, of: temporary.project.id,
      ImageSelection(
        terms: SearchTerm.terms(in: text), order: order, isReversed: isReversed)
    ).images.map(\.name)
  }

  @Test func namesTagsAndSizesAreFound() async throws {
    let temporary = try await trained()
    #expect(try names("red-3", temporary) == ["red-3.png"])
    #expect(try names("RED", temporary).count == 7)
    #expect(try names("tag:gre", temporary).count == 7)
    #expect(try names("tag:\"gre\"", temporary) == [])
    #expect(try names("-tag:green -name:6", temporary).count == 6)
    #expect(try names("size<1", temporary) == [])
    #expect(try names("size>1", temporary).count == 14)
    #expect(try names("%", temporary) == [])
    #expect(try names("_", temporary) == [])
  }

  @Test func wrongPicturesAreThoseWhosePredictionDisagrees() async throws {
    let temporary = try await trained()
    let (library, project) = (temporary.library, temporary.project.id)
    let wrong = try names("wrong", temporary, order: .certainty)
    #expect(Set(wrong) == ["red-6.png", "green-6.png"])
    #expect(try names("predicted:red", temporary).count == 7)
    #expect(try names("p>=0 -wrong", temporary).count == 12)

    // Giving the predicted tag takes a picture off the list; undo brings it back.
    let image = try #require(library.images(named: "red-6.png", of: project).first?.id)
    let green = try library.tag("green", of: project).id
    try library.label([image], .add(green), in: project)
    #expect(try names("wrong", temporary) == ["green-6.png"])
    _ = try library.undo(in: project)
    #expect(try names("wrong", temporary).count == 2)
  }

  @Test(arguments: [ClassificationType.multiclass, .multilabel])
  func aTagThatIsSaidToBeRightIsRemembered(type: ClassificationType) async throws {
    let temporary = try await trained(type)
    let (library, project) = (temporary.library, temporary.project.id)
    #expect(try names("wrong", temporary).contains("red-6.png"))
    let image = try #require(library.images(named: "red-6.png", of: project).first?.id)
    #expect(try library.confirmLabels([image], in: project) == 1)
    #expect(try library.confirmLabels([image], in: project) == 0)
    #expect(try !names("wrong", temporary).contains("red-6.png"))
    // Another tag is another question, and the first answer holds again when it comes back.
    let green = try library.tag("green", of: project).id
    try library.label([image], .clear, in: project)
    try library.label([image], .add(green), in: project)
    try library.label([image], .clear, in: project)
    let red = try library.tag("red", of: project).id
    try library.label([image], .add(red), in: project)
    #expect(try !names("wrong", temporary).contains("red-6.png"))
    for _ in 0..<4 { _ = try library.undo(in: project) }
    _ = try library.undo(in: project)
    #expect(try names("wrong", temporary).contains("red-6.png"))
    _ = try library.redo(in: project)
    #expect(try !names("wrong", temporary).contains("red-6.png"))
  }

  @Test func ordersAreKept() async throws {
    let temporary = try await trained()
    let all = try temporary.library.images(of: temporary.project.id)
    #expect(try names("", temporary) == all.map(\.name))
    #expect(try names("", temporary, isReversed: true) == all.map(\.name).reversed())
    #expect(try names("", temporary, order: .name) == all.map(\.name).sorted())
    let sizes = try temporary.library.rows(
      0..<100, of: temporary.project.id, ImageSelection(order: .size)
    ).images.map(\.byteCount)
    #expect(sizes == sizes.sorted(by: >))
  }

  @Test func windowsAreCutOutOfTheWholeList() async throws {
    let temporary = try await trained()
    let (library, project) = (temporary.library, temporary.project.id)
    let all = try library.images(of: project)
    for order in ImageOrder.allCases {
      let selection = ImageSelection(order: order)
      let whole = try library.rows(0..<100, of: project, selection)
      #expect(whole.matchCount == 14 && whole.judgements.count == 14)
      let part = try library.rows(4..<9, of: project, selection)
      #expect(part.start == 4)
      #expect(part.images == Array(whole.images[4..<9]))
      let around = try library.rows(around: all[10].id, count: 4, of: project, selection)
      #expect(around.anchorRow == whole.images.firstIndex { $0.id == all[10].id })
      #expect(around.images.contains { $0.id == all[10].id })
      let ids = try library.imageIDs(0..<14, of: project, selection)
      #expect(ids == whole.images.map(\.id))
    }
    // An image that does not pass has a place in the order of import.
    let red = try library.tag("red", of: project).id
    let first = try #require(all.firstIndex { $0.tags == [red] })
    let around = try library.rows(
      around: all[first].id, count: 4, of: project,
      ImageSelection(terms: [.tag(.init("green"))]))
    #expect(around.anchorRow == all[..<first].count { $0.tags != [red] })
  }

  @Test func aListMadeElsewhereKeepsItsOrder() async throws {
    let temporary = try await trained()
    let (library, project) = (temporary.library, temporary.project.id)
    let all = try library.images(of: project)
    let listed = [all[9].id, all[2].id, all[13].id, all[0].id]
    var selection = ImageSelection(listed: listed)
    #expect(try library.rows(0..<9, of: project, selection).images.map(\.id) == listed)
    #expect(try library.imageIDs(1..<3, of: project, selection) == [all[2].id, all[13].id])
    let around = try library.rows(around: all[13].id, count: 2, of: project, selection)
    #expect(around.anchorRow == 2 && around.matchCount == 4)
    // What it lacks has no place in it, and what was removed is not in it any more.
    #expect(try library.rows(around: all[5].id, count: 2, of: project, selection).anchorRow == nil)
    _ = try library.removeImages([all[2].id], from: project)
    #expect(try library.rows(0..<9, of: project, selection).images.map(\.id).count == 3)
    selection.terms = [.name(all[13].name)]
    #expect(try library.rows(0..<9, of: project, selection).images.map(\.id) == [all[13].id])
  }

  @Test func judgementsComeFromTheHeadWhereNoFoldJudged() async throws {
    let temporary = try await trained()
    let (library, project) = (temporary.library, temporary.project.id)
    try temporary.writePicture("more/new.png", classIndex: 0, seed: 99)
    _ = try await temporary.importPhotos("photos/more", tagging: .none)
    _ = try await library.embedImages(of: temporary.project) { _ in }
    let image = try #require(library.images(named: "new.png", of: project).first?.id)
    let judgement = try #require(try library.judgement(of: image, in: project))
    #expect(!judgement.isOutOfFold)
    #expect(judgement.top?.tag == (try library.tag("red", of: project).id))
  }
}
