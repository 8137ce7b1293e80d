import ArgumentParser
import Backbones
import Dataset
import Foundation
import ProjectLibrary
import Settings
import Setup

struct EncoderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encoder",
    abstract: "Add, list, show and remove image encoders of your own.",
    discussion: """
      Any ONNX file that turns a picture into a vector or a map can embed a project's pictures in \
      place of the networks of set-up: `tagbench project create NAME --encoder ENCODER`.
      """,
    subcommands: [Add.self, List.self, Show.self, Remove.self])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add the encoder that a TOML file describes.",
      discussion: """
        The file names the encoder and how it wants its pictures. Needed: name = "…"; model = \
        "encoder.onnx", relative to the file; size = 224, the side of the square in pixels; mean and \
        deviation, a number or three on the scale of 0…255. May be left out: output, a value or an \
        operation of the network (else its first output); pooling = "none" (the output is a vector), \
        "mean" (over a map's positions or tokens), "mean+deviation" or "first" (token); views = \
        ["squeezed", "centred"], both averaged unless said; layout = "NCHW" or "NHWC"; channels = \
        "RGB" or "BGR"; licence; source. The encoder is tried on two pictures and copied: neither \
        file is needed afterwards.
        """)

    @Argument(
      help: ArgumentHelp("The description.", valueName: "file.toml"),
      completion: .file(extensions: ["toml"]))
    var file: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (specification, model) = try EncoderSpecification.read(atPath: file)
      let (encoder, isNew) = try Runtime.add(specification, model: model)
      let name = encoder.name
      common.answer(
        encoder.document,
        isNew
          ? """
          Added \(name): \(encoder.manifest.dimension) numbers a picture.
          Use it with: tagbench project create NAME --encoder \(name)
          """
          : "\(name) is there already, the same.")
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the encoders that were added.")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let encoders = Runtime.encoders.encoders()
      var table = TextTable([
        ("encoder", .left), ("numbers", .right), ("size", .right), ("pooling", .left),
        ("views", .left), ("model", .left),
      ])
      for encoder in encoders {
        let specification = encoder.manifest.specification
        table.add([
          encoder.name, "\(encoder.manifest.dimension)", "\(specification.side)",
          specification.pooling.rawValue,
          specification.views.map(\.rawValue).joined(separator: ", "), specification.model,
        ])
      }
      common.answer(
        .array(encoders.map(\.document)),
        encoders.isEmpty ? "No encoder yet. Add one: tagbench encoder add FILE.toml" : table.text)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one encoder.")
    @Argument(help: "Its name.", completion: .encoders) var name: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let encoder = try Runtime.encoder(asked: name)
      let manifest = encoder.manifest
      let specification = manifest.specification
      common.answer(
        encoder.document,
        """
        \(encoder.name)
        numbers    \(manifest.dimension)
        size       \(specification.side)
        layout     \(specification.layout.rawValue), \(specification.channels.rawValue)
        mean       \(specification.mean.map { "\($0)" }.joined(separator: ", "))
        deviation  \(specification.deviation.map { "\($0)" }.joined(separator: ", "))
        output     \(specification.output ?? "the first")
        pooling    \(specification.pooling.rawValue)
        views      \(specification.views.map(\.rawValue).joined(separator: ", "))
        model      \(specification.model), \(Figures.bytes(manifest.modelByteCount))
        SHA-256    \(manifest.modelSHA256)
        licence    \(specification.licence ?? "not told")
        source     \(specification.source ?? "not told")
        folder     \(encoder.folder.path)
        """)
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove an encoder.",
      discussion: """
        Projects that use it stay as they are, and cannot embed pictures until it is added again or \
        they are given another: tagbench project domain.
        """)
    @Argument(help: "Its name.", completion: .encoders) var name: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let users = try projects()
      do {
        try Runtime.encoders.remove(name)
      } catch .encoderMissing(let name, let known) {
        throw WrongUse(ErrorWording.message(for: .encoderMissing(name: name, known: known)))
      }
      common.answer(
        .object([("removed", .string(name)), ("projects", .array(users.map(JSONValue.string)))]),
        "Removed \(name)."
          + (users.isEmpty
            ? ""
            : " It is still named by: \(users.joined(separator: ", ")) (tagbench project domain)."))
    }

    /// The projects of the library, where there is one, that use the encoder.
    private func projects() throws -> [String] {
      guard let library = try common.libraryIfThere() else { return [] }
      return try library.projects().filter { $0.domain == .encoder(name) }.map(\.name)
    }
  }
}

extension Runtime {
  /// The encoder that an argument names.
  ///
  /// - Throws: `WrongUse` when there is none; `SetupError.encoderDamaged`.
  fileprivate static func encoder(asked name: String) throws -> InstalledEncoder {
    do {
      return try encoders.encoder(named: name)
    } catch let error {
      guard case .encoderMissing = error else { throw error }
      throw WrongUse(ErrorWording.message(for: error))
    }
  }
}

extension CompletionKind {
  /// The names of the encoders that were added.
  static var encoders: CompletionKind {
    .custom { _, _, _ in Runtime.encoders.encoders().map(\.name) }
  }
}

extension InstalledEncoder {
  fileprivate var document: JSONValue {
    let specification = manifest.specification
    let numbers = { (values: [Float]) -> JSONValue in
      .array(values.map { .number(Double($0)) })
    }
    return .object([
      ("name", .string(name)), ("dimension", .integer(manifest.dimension)),
      ("size", .integer(specification.side)), ("layout", .string(specification.layout.rawValue)),
      ("channels", .string(specification.channels.rawValue)),
      ("mean", numbers(specification.mean)), ("deviation", numbers(specification.deviation)),
      ("output", .optional(specification.output)),
      ("pooling", .string(specification.pooling.rawValue)),
      ("views", .array(specification.views.map { .string($0.rawValue) })),
      ("model", .string(specification.model)), ("modelBytes", .integer(manifest.modelByteCount)),
      ("modelSHA256", .string(manifest.modelSHA256)), ("licence", .optional(specification.licence)),
      ("source", .optional(specification.source)), ("path", .string(folder.path)),
    ])
  }
}

/// Which network a project's pictures are embedded with: a domain, or an encoder.
struct DomainOptions: ParsableArguments {
  @Option(
    help: "general (the most accurate) or compact (about three times as fast).",
    completion: .list(Domain.builtIn.map(\.rawValue)),
    transform: { text in
      guard let domain = Domain.builtIn.first(where: { $0.rawValue == text }) else {
        let words = Domain.builtIn.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("“\(text)” is none of: \(words).")
      }
      return domain
    })
  var domain: Domain?

  @Option(
    help: ArgumentHelp("An encoder of your own, in place of a domain.", valueName: "name"),
    completion: .encoders)
  var encoder: String?

  func validate() throws {
    if domain != nil && encoder != nil {
      throw ValidationError("Use either --domain or --encoder, not both.")
    }
  }

  /// What was asked for; `nil` when nothing was.
  ///
  /// - Throws: `WrongUse` for an encoder that is not here.
  func chosen() throws -> Domain? {
    guard let encoder else { return domain }
    return .encoder(try Runtime.encoder(asked: encoder).name)
  }
}
