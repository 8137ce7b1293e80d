import Backbones
import Dataset
import Embeddings
import Foundation
import Imaging
import Learning
import ONNXGraph
import OpenVINOEmbedder
import ProjectLibrary
import ProjectStore
import RESTServer
import ServiceMigration
import Settings
import Setup
import TerminalGrid
import TerminalScreen
import WebAccess

/// The sentences of the command line: what happened, to what, what to do next.
enum ErrorWording {
  /// The sentence for an error, and whether it is wrong use; `nil` for errors of the argument parser.
  static func message(for error: any Error) -> (String, isWrongUse: Bool)? {
    switch error {
    case let error as LibraryError: (message(for: error), isWrongUse(error))
    case let error as StoreError: (message(for: error), false)
    case let error as SettingsError: (message(for: error), true)
    case let error as TerminalScreenError: (message(for: error), false)
    case let error as SetupError: (message(for: error), false)
    case is BackboneError:
      (
        "A fetched network cannot be read. Delete the kept downloads that `tagbench doctor` names and "
          + "run: tagbench setup", false
      )
    case is RuntimeMissing:
      ("The inference runtime is not set up yet. Run: tagbench setup", false)
    case let error as ServerError: (message(for: error), false)
    case let error as OpenVINOError: (message(for: error), false)
    case let error as EncoderError: (message(for: error), false)
    case let error as ONNXGraphError: (message(for: error), false)
    case let error as LearningError: (message(for: error), false)
    case let error as ImagingError: (message(for: error), false)
    case let error as BisectionError: (message(for: error), true)
    case let error as LabelTableError: (LabelWording.message(for: error), false)
    case let error as FileExists:
      ("\(error.path) is there already. Use --force to replace it.", true)
    case let error as ProjectFileError: (ProjectFileWording.message(for: error), false)
    case let error as MigrationError: (MigrationWording.sentence(for: error), false)
    case let error as WebError: (MigrationWording.sentence(for: error), false)
    default: nil
    }
  }

  private static func message(for error: BisectionError) -> String {
    switch error {
    case .nothingChanged:
      "None of these changes is about tags of pictures. See: tagbench history"
    case .noFigure(let atBeginning):
      "The tag had no figure \(atBeginning ? "at the beginning" : "at the end"): too few pictures bore it. "
        + "Choose other changes with --first and --last."
    case .notFallen(let first, let last):
      "The figure has not fallen: \(Figures.percent(first)) at the beginning, \(Figures.percent(last)) at the end."
    }
  }

  /// The sentence for any error; for one that nobody foresaw what it says of itself.
  static func sentence(for error: any Error) -> String {
    message(for: error)?.0 ?? "\(error)"
  }

  // MARK: - Files

  /// One word for a refusal, for programs.
  static func word(for refusal: Refusal) -> String {
    switch refusal {
    case .notAnImage: "notAnImage"
    case .unreadable(let error):
      switch error {
      case .notAnImage: "notAnImage"
      case .unread: "unread"
      case .decoderMissing: "decoderMissing"
      case .unsupported: "unsupported"
      case .truncated: "truncated"
      case .damaged: "damaged"
      case .tooManyBytes: "tooManyBytes"
      case .tooManyPixels: "tooManyPixels"
      case .outOfMemory: "outOfMemory"
      case .notEncoded: "notEncoded"
      }
    case .system(let number):
      switch number {
      case ENOENT: "notFound"
      case EACCES, EPERM: "notPermitted"
      default: "unreadable"
      }
    case .notAFile: "notAFile"
    }
  }

  static func message(for refusal: AdditionRefusal) -> String {
    switch refusal {
    case .picture(let refusal): message(for: refusal)
    case .outOfBounds(.tooLong(let width, let height)),
      .outOfBounds(.tooNarrow(let width, let height)):
      "\(width) × \(height) pixels are out of bounds."
    case .unknownTag(let tag): "There is no tag \(tag)."
    case .negativeBesideOthers: "The negative tag stands beside no other tag on an image."
    case .severalTags: "An image of this project bears one tag."
    case .metadataExceeding: "The image would have too much metadata."
    }
  }

  static func message(for refusal: Refusal) -> String {
    switch refusal {
    case .notAnImage: message(for: ImagingError.notAnImage)
    case .unreadable(let error): message(for: error)
    case .system(let number): words(forSystemError: number)
    case .notAFile: "neither a file nor a folder"
    }
  }

  static func message(for error: ImagingError) -> String {
    switch error {
    case .notAnImage: "not an image; JPEG, PNG, GIF, BMP, WebP and HEIC are read"
    case .unread(let format): "\(name(of: format)) is not read; save it as JPEG or PNG"
    case .decoderMissing(let format, let library):
      "\(name(of: format)) needs \(library), which is not installed"
    case .unsupported(let format, let variant):
      "a kind of \(name(of: format)) that is not read: \(words(for: variant))"
    case .truncated(let format): "the \(name(of: format)) ends before the picture does"
    case .damaged(let format, let detail): "a damaged \(name(of: format)): \(detail)"
    case .tooManyBytes(let found, let limit):
      "\(Figures.bytes(found)) is more than the limit of \(Figures.bytes(limit))"
    case .tooManyPixels(let width, let height, let limit):
      "\(width)×\(height) pixels are more than the limit of \(limit / 1_000_000) megapixels"
    case .outOfMemory(let format): "not enough memory for this \(name(of: format))"
    case .notEncoded(let format, let detail): "no \(name(of: format)) could be made: \(detail)"
    }
  }

  private static func name(of format: ImageFormat) -> String {
    switch format {
    case .webp: "WebP"
    case .jpeg, .png, .gif, .bmp, .heic: format.rawValue.uppercased()
    }
  }

  private static func name(of format: UnreadFormat) -> String {
    switch format {
    case .avif: "AVIF"
    case .jpeg2000: "JPEG 2000"
    case .jpegXL: "JPEG XL"
    case .tiff: "TIFF"
    }
  }

  private static func words(for variant: UnsupportedVariant) -> String {
    switch variant {
    case .sampleBits(let count): "\(count) bits a sample"
    case .componentCount(let count): "\(count) colour components"
    case .jpegProcess: "lossless or hierarchical"
    case .headerLength(let length): "a header of \(length) bytes"
    case .pixelBits(let count): "\(count) bits a pixel"
    case .compression(let method): "compressed by method \(method)"
    case .channelMasks: "unusual places of red, green and blue"
    }
  }

  /// The system's reason why Foundation could not read or write a file.
  static func reason(for error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] ?? error
    let system = (underlying as? POSIXError).map { $0 as NSError } ?? underlying as? NSError
    guard let system, system.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
    return words(forSystemError: Int32(system.code))
  }

  static func words(forSystemError number: Int32) -> String {
    switch number {
    case ENOENT: "no such file or folder"
    case EACCES, EPERM: "no permission"
    case ENOSPC: "the disk is full"
    case ENOTDIR: "a file stands where a folder is needed"
    case ELOOP: "links that lead in a circle"
    case EISDIR: "a folder, not a file"
    case EBADF: "it is closed"
    default: String(cString: strerror(number)).lowercased()
    }
  }

  // MARK: - Library

  private static func isWrongUse(_ error: LibraryError) -> Bool {
    switch error {
    case .nameInvalid, .noProject, .projectNotNamed, .projectNotFound, .projectNameTaken,
      .tagNotFound, .deletedTagNotFound, .tagNameTaken, .negativeTagExists, .tagMergedWithItself,
      .negativeTagMerged,
      .imageNotFound, .negativeTagBesideOthers, .iterationNotFound, .nothingToCompare,
      .publishNameTaken,
      .iterationNotPublished, .notExported:
      true
    case .nothingToJudge, .iterationPublished, .projectPublished, .notTrained,
      .imagesBearSeveralTags, .nothingToTrain, .notExportable, .notExplainable, .projectDeleted,
      .recipeUnknown,
      .tooFewImages, .tooFewTags, .trainingRunning, .originalMissing, .originalDamaged, .system:
      false
    }
  }

  static func message(for error: LibraryError) -> String {
    switch error {
    case .nameInvalid(let name):
      name.isEmpty
        ? "A name cannot be empty. Give it at least one letter."
        : "“\(name)” cannot be a name. Use letters that can be shown on one line."
    case .noProject: "There is no project yet. Make one with: tagbench project create NAME"
    case .projectNotNamed(let known):
      "There are several projects. Say which with --project: \(list(known))."
    case .projectNotFound(let name, let known):
      "There is no project “\(name)”. \(known.isEmpty ? "There is none at all." : "Known: \(list(known)).")"
    case .projectNameTaken(let name):
      "There is a project “\(name)” already. Choose another name."
    case .tagNotFound(let name, let known):
      "There is no tag “\(name)”. "
        + (known.isEmpty ? "Make it with: tagbench tag create" : "Known: \(list(known)).")
    case .deletedTagNotFound(let name, let known):
      "There is no deleted tag “\(name)”. "
        + (known.isEmpty ? "No tag of this project was deleted." : "Deleted: \(list(known)).")
    case .nothingToJudge(let path, let tags):
      "No file in \(path) lies in a folder that is named after a tag: \(list(tags))."
    case .tagNameTaken(let name):
      "There is a tag “\(name)” already. Choose another name, or merge the two with: tagbench tag merge"
    case .negativeTagExists(let name):
      "The negative tag is “\(name)” already, and a project has only one."
    case .tagMergedWithItself(let name): "“\(name)” cannot be merged with itself."
    case .negativeTagMerged(let name):
      "“\(name)” is the negative tag and cannot be merged. Retag its pictures instead."
    case .imageNotFound(let text):
      "There is no picture “\(text)”. List them with: tagbench image list"
    case .negativeTagBesideOthers:
      "The negative tag stands beside no other tag on an image."
    case .imagesBearSeveralTags(let count):
      "\(Figures.count(count, "image")) bear several tags. Take all but one away first."
    case .notExportable(let iteration, let domain):
      "Iteration \(iteration) cannot be exported: the network of \(domain.rawValue) is not one of tagbench's own."
    case .notExplainable(let iteration, let domain):
      "Iteration \(iteration) cannot be explained: how the network of \(domain.rawValue) comes to its numbers is not known. Only tagbench's own can: general and compact."
    case .notExported:
      "The file is no model that this project exported. Name the project with --project."
    case .projectDeleted(let name):
      "Project “\(name)” was deleted here. Bring it back with: tagbench project restore \(Shell.word(name))"
    case .nothingToTrain(let iteration):
      "Nothing changed since iteration \(iteration) was trained."
    case .iterationNotFound(let number, let known):
      "There is no iteration \(number). "
        + (known.isEmpty
          ? "Train one with: tagbench train" : "Known: \(list(known.map(String.init))).")
    case .nothingToCompare(let number):
      "There is no iteration before iteration \(number) to compare it with. Train once more, or name two."
    case .iterationPublished(let number, let name):
      "Iteration \(number) is published as “\(name)”. Unpublish it first."
    case .iterationNotPublished(let number): "Iteration \(number) is not published."
    case .publishNameTaken(let name, let number):
      "Iteration \(number) is published as “\(name)”. Choose another name or unpublish it first."
    case .projectPublished(let name, let number):
      "Iteration \(number) of “\(name)” is published. Unpublish it first."
    case .notTrained(let name):
      "“\(name)” is not trained yet. Run: tagbench train"
    case .recipeUnknown(let number, let recipe) where recipe.hasPrefix("encoder:"):
      "Iteration \(number) was trained with another file or precision of its encoder (\(recipe)). Add that one again, or train again."
    case .recipeUnknown(let number, let recipe):
      "Iteration \(number) was trained on embeddings “\(recipe)”, which this version does not make, or not in the precision that is set. Train again."
    case .tooFewImages(let shortages):
      shortages.map { "\($0.tag) has \($0.imageCount) of \($0.needed) images" }
        .joined(separator: ", ") + ". Tag more, or go on without with --leave-out-small-tags."
    case .tooFewTags(let count):
      "Training needs two tags with \(smallestTagToTrain) images each; there \(count == 1 ? "is 1" : "are \(count)")."
    case .trainingRunning(let name):
      "“\(name)” is being trained already. Wait for it to end."
    case .originalMissing(let name, let path):
      "The file of \(name) is gone: \(path). Import the picture again."
    case .originalDamaged(let name, let path):
      "The file of \(name) was changed: \(path). Delete it and import the picture again."
    case .system(let operation, let path, let number):
      number == ENOSPC
        ? "The disk is full: \(path). Make room and run the command again; what is done is kept."
        : "\(path): \(words(forSystemError: number)) (\(operation))."
    }
  }

  private static func message(for error: StoreError) -> String {
    switch error {
    case .newerLibrary(let path, let migration):
      "The library \(path) was written by a newer tagbench (its version is \(migration)). Use that one."
    case .unreadable(let path, let reason): "The library \(path) cannot be read: \(reason)."
    case .corrupted(let path, let reason):
      "The library \(path) is damaged (\(reason)). Restore the file from a backup."
    case .busy(let path):
      "Another process keeps the library \(path) busy. Try again in a moment."
    case .diskFull(let path):
      "The disk is full: \(path). Make room and run the command again; what is done is kept."
    case .damaged(let what): "The library is damaged: \(what)."
    }
  }

  static func message(for warning: LibraryWarning) -> String {
    switch warning {
    case .cacheBegunAnew(let path):
      "\(path) was damaged and has been begun anew; thumbnails and embeddings come again."
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }

  // MARK: - Engines

  private static func message(for error: OpenVINOError) -> String {
    switch error {
    case .libraryNotLoaded(let path, let reason):
      "The inference runtime cannot be loaded from \(path): \(reason). Run: tagbench setup"
    case .callFailed(let function, let status, let message):
      "The inference runtime failed in \(function) (\(status)): \(message). See: tagbench doctor"
    case .graphMismatch(let path, let value, _, _):
      "The network \(path) is not the one expected (\(value) differs). Run: tagbench setup"
    case .precisionUnsupported(let precision, let processor):
      "This processor (\(processor)) has no \(precision.rawValue). Set precision = \"f32\" under [networks] in \(Locations.settingsFile.path)"
    }
  }

  private static func message(for error: LearningError) -> String {
    switch error {
    case .classTooSmall(let classIndex, let groupCount, let foldCount):
      "Tag \(classIndex + 1) has \(groupCount) different pictures, too few for \(foldCount) folds."
    case .classEmpty(let classIndex): "Tag \(classIndex + 1) has no pictures."
    case .tooFewClasses(let count): "Training needs two tags; there are \(count)."
    case .embeddingNotFinite(let row):
      "The embedding of picture \(row + 1) is damaged. Delete cache.sqlite in the library and train again."
    case .notAHead, .headUnknown, .headSizeWrong, .headValueInvalid:
      "The iteration cannot be read; it may be of a newer tagbench. Train again."
    }
  }
}
