import Dataset
import Foundation
import Imaging
import ProjectLibrary
import Testing
import WorkbenchTesting

@Suite struct ImportTests {
  @Test func everyFileIsAccountedFor() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["daisy", "dahlia"], count: 3)
    let photos = temporary.folder.appendingPathComponent("photos")
    try FileManager.default.copyItem(
      at: photos.appendingPathComponent("daisy/0.png"),
      to: photos.appendingPathComponent("daisy/copy.png"))
    try Data("notes".utf8).write(to: photos.appendingPathComponent("notes.txt"))
    let whole = TemporaryLibrary.picture(classIndex: 0, seed: 99)
    try Data(try whole.pngData().prefix(300)).write(to: photos.appendingPathComponent("cut.png"))
    let report = try await temporary.importPhotos()
    #expect(report.importedCount == 6)
    #expect(report.duplicateCount == 1)
    #expect(report.refused.count == 2)
    #expect(report.failureCount == 1)
    #expect(report.refused.last?.reason == .notAnImage)
    let counts = try temporary.library.tagCounts(of: temporary.project.id)
    #expect(counts.map(\.imageCount) == [3, 3])
    let again = try await temporary.importPhotos()
    #expect(again.importedCount == 0)
    #expect(again.duplicateCount == 7)
  }

  @Test func imagesKeepTheOrderOfTheirPaths() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["b", "a", "c"], count: 30)
    _ = try await temporary.importPhotos()
    let paths = try temporary.library.images(of: temporary.project.id).map(\.path)
    #expect(paths.count == 90)
    #expect(paths == paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    let tags = try temporary.library.tagCounts(of: temporary.project.id).map(\.tag.name)
    #expect(tags == ["a", "b", "c"])
  }

  @Test func aTagThatAPersonGaveIsNotPushedOut() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePicture("daisy/1.png", classIndex: 0, seed: 1)
    _ = try await temporary.importPhotos()
    let report = try await temporary.importPhotos(tagging: .tag("dahlia"))
    #expect(report.keptTags.map(\.tag) == ["daisy"])
    #expect(report.keptTags.map(\.wanted) == ["dahlia"])
    #expect(try temporary.labels() == ["1.png": ["daisy"]])
  }

  @Test func aDuplicateGetsFurtherTagsInAMultilabelProject() async throws {
    let temporary = try TemporaryLibrary(type: .multilabel)
    try temporary.writePicture("daisy/1.png", classIndex: 0, seed: 1)
    _ = try await temporary.importPhotos()
    let report = try await temporary.importPhotos(tagging: .tag("white"))
    #expect(report.duplicateCount == 1)
    #expect(try temporary.labels() == ["1.png": ["daisy", "white"]])
  }

  @Test func aRemovedPictureComesBack() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePicture("daisy/1.png", classIndex: 0, seed: 1)
    _ = try await temporary.importPhotos()
    let image = try #require(try temporary.library.images(of: temporary.project.id).first)
    try temporary.library.removeImages([image.id], from: temporary.project.id)
    #expect(try temporary.library.imageCount(of: temporary.project.id) == 0)
    let report = try await temporary.importPhotos()
    #expect(report.importedCount == 1)
    #expect(try temporary.library.images(of: temporary.project.id) == [image])
  }

  @Test func linksThatLeadInACircleEnd() async throws {
    let temporary = try TemporaryLibrary()
    let photos = temporary.folder.appendingPathComponent("photos")
    try temporary.writePicture("daisy/1.png", classIndex: 0, seed: 1)
    try FileManager.default.createSymbolicLink(
      at: photos.appendingPathComponent("daisy/loop"), withDestinationURL: photos)
    try FileManager.default.createSymbolicLink(
      atPath: photos.appendingPathComponent("self").path, withDestinationPath: "self")
    let report = try await temporary.importPhotos()
    #expect(report.importedCount == 1)
    #expect(report.refused.map(\.reason) == [.system(number: ELOOP)])
  }

  @Test func namesNeedNoEncoding() async throws {
    let temporary = try TemporaryLibrary()
    let folder = Array(temporary.folder.appendingPathComponent("photos").path.utf8)
    let path = folder + [UInt8(ascii: "/"), 0xFF, 0xFE] + Array(".png".utf8)
    let bytes = try TemporaryLibrary.picture(classIndex: 0, seed: 5).pngData()
    let opened = try #require(fopen((path + [0]).map(CChar.init(bitPattern:)), "wb"))
    #expect(fwrite(bytes, 1, bytes.count, opened) == bytes.count)
    fclose(opened)
    let report = try await temporary.importPhotos(tagging: .none)
    #expect(report.importedCount == 1)
  }

  @Test func pipesAndDevicesAreRefused() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePicture("a.png", classIndex: 0, seed: 1)
    let photos = temporary.folder.appendingPathComponent("photos")
    #expect(mkfifo(photos.appendingPathComponent("pipe.jpg").path, 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: photos.appendingPathComponent("zeros.jpg").path, withDestinationPath: "/dev/zero")
    let report = try await temporary.importPhotos()
    #expect(report.importedCount == 1)
    #expect(report.refused.map(\.reason) == [.notAFile, .notAFile])
  }

  @Test func foldersMayBeDeeperThanDescriptorsAreMany() async throws {
    let temporary = try TemporaryLibrary()
    let url = try temporary.writePicture("a.png", classIndex: 0, seed: 1)
    let photos = temporary.folder.appendingPathComponent("photos").path
    // By descriptors, since the whole path is longer than what some calls take.
    var folder = open(photos, O_RDONLY | O_DIRECTORY)
    for _ in 0..<1_500 {
      try #require(mkdirat(folder, "d", 0o700) == 0)
      let next = openat(folder, "d", O_RDONLY | O_DIRECTORY)
      close(folder)
      folder = next
    }
    #expect(symlinkat(url.path, folder, "deep.png") == 0)
    close(folder)
    let report = try await temporary.importPhotos()
    #expect(report.importedCount == 1)
    #expect(report.duplicateCount == 1)
    #expect(report.refused.isEmpty)
  }

  @Test(.enabled(if: geteuid() != 0, "nothing is forbidden to root"))
  func whatMayNotBeReadCostsItself() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePicture("open/1.png", classIndex: 0, seed: 1)
    let secret = try temporary.writePicture("secret.png", classIndex: 0, seed: 2)
    let locked = try temporary.writePicture("locked/1.png", classIndex: 0, seed: 3)
      .deletingLastPathComponent()
    #expect(chmod(secret.path, 0) == 0 && chmod(locked.path, 0) == 0)
    defer { chmod(locked.path, 0o700) }
    let report = try await temporary.importPhotos()
    #expect(report.importedCount == 1)
    #expect(report.refused.map(\.reason) == Array(repeating: .system(number: EACCES), count: 2))
  }

  @Test func whatVanishesOrChangesOnTheWayCostsItself() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["a"], count: 60)
    let gone = try temporary.writePicture("z/1.png", classIndex: 0, seed: 1001)
    let changed = try temporary.writePicture("z/2.png", classIndex: 0, seed: 1002)
    let path = Array(temporary.folder.appendingPathComponent("photos").path.utf8)
    let report = try await temporary.library.importImages(
      [path], into: temporary.project, tagging: .none
    ) { progress in
      // The list is made by now, and its last files are far from their turn.
      guard progress.doneCount == 1 else { return }
      unlink(gone.path)
      truncate(changed.path, 50)
    }
    #expect(report.importedCount == 60)
    #expect(
      report.refused.map(\.reason) == [
        .system(number: ENOENT), .unreadable(.truncated(.png)),
      ])
  }

  @Test func imagesOfOtherKindsAreNamed() async throws {
    let temporary = try TemporaryLibrary()
    let photos = temporary.folder.appendingPathComponent("photos")
    try FileManager.default.createDirectory(at: photos, withIntermediateDirectories: true)
    try Data([0x49, 0x49, 42, 0, 8, 0, 0, 0]).write(to: photos.appendingPathComponent("scan.tif"))
    let report = try await temporary.importPhotos()
    #expect(report.refused.map(\.reason) == [.unreadable(.unread(.tiff))])
    #expect(report.failureCount == 1)
  }

  @Test func whatIsMissingIsRefusedByName() async throws {
    let temporary = try TemporaryLibrary()
    let report = try await temporary.importPhotos("nowhere")
    #expect(report.refused.map(\.reason) == [.system(number: ENOENT)])
    #expect(report.failureCount == 1)
  }

  @Test func aStoppedImportKeepsWhatIsDone() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["a"], count: 120)
    let (library, project) = (temporary.library, temporary.project)
    let path = Array(temporary.folder.appendingPathComponent("photos").path.utf8)
    let task = Task {
      try await library.importImages(
        [path], into: project, tagging: .folderNames
      ) { progress in
        if progress.doneCount == 50 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    let report = try await task.value
    #expect(report.wasStopped)
    #expect(report.importedCount >= 50)
    #expect(report.importedCount < 120)
    #expect(try library.imageCount(of: project.id) == report.importedCount)
    let rest = try await temporary.importPhotos()
    #expect(rest.importedCount == 120 - report.importedCount)
  }

  @Test func leftoversOfKilledProcessesGo() async throws {
    let temporary = try TemporaryLibrary()
    let incoming = temporary.folder.appendingPathComponent("library/originals/incoming")
    try FileManager.default.createDirectory(at: incoming, withIntermediateDirectories: true)
    // No process has so high a number; our own is alive.
    let names = ["\(Int32.max)-1", "\(getpid())-1"]
    for name in names { try Data("half".utf8).write(to: incoming.appendingPathComponent(name)) }
    _ = try await temporary.importPhotos()
    #expect(try FileManager.default.contentsOfDirectory(atPath: incoming.path) == [names[1]])
  }

  @Test func originalsAreCopiesNotLinks() async throws {
    let temporary = try TemporaryLibrary()
    let url = try temporary.writePicture("daisy/1.png", classIndex: 0, seed: 1)
    _ = try await temporary.importPhotos()
    let image = try #require(try temporary.library.images(of: temporary.project.id).first)
    let before = try temporary.library.thumbnail(of: image.content)
    try Data("gone".utf8).write(to: url)
    try FileManager.default.removeItem(
      at: temporary.folder.appendingPathComponent("library/cache.sqlite"))
    #expect(try TemporaryLibrary.open(temporary.folder).thumbnail(of: image.content) == before)
  }

  @Test func limitsHoldWhereverPicturesAreRead() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["a"], count: 1)
    _ = try await temporary.importPhotos()
    let strict = try Library(
      path: temporary.library.path, actor: "ann",
      limits: DecodingLimits(byteCount: 64_000_000, pixelCount: 24 * 24 - 1)
    ) { _ in FakeEmbedder() }
    let tooLarge = ImagingError.tooManyPixels(width: 24, height: 24, limit: 24 * 24 - 1)
    try temporary.writePicture("b/0.png", classIndex: 1, seed: 7)
    let path = Array(temporary.folder.appendingPathComponent("photos/b").path.utf8)
    let report = try await strict.importImages(
      [path], into: temporary.project, tagging: .none, progress: { _ in })
    #expect(report.refused.map(\.reason) == [.unreadable(tooLarge)])
    // Kept by a library that allowed more, its embedding cannot be made here.
    let embedding = try await strict.embedImages(of: temporary.project) { _ in }
    #expect(embedding.unreadable.count == 1 && embedding.madeCount == 0)
  }
}
