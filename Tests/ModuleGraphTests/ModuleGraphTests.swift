import Foundation
import Testing

/// What each module of ours may import, besides what every module may.
///
/// The manifest says what is linked; this table says what is meant. It is read against the `import` lines
/// of the sources, so that an arrow that the manifest lets in through a dependency is seen too.
private let allowedImports: [String: Set<String>] = [
  "Dataset": [],
  "WorkThreads": ["Foundation", "Glibc"],
  "TerminalGrid": ["WorkThreads"],
  "Matrices": ["CBLAS", "Glibc"],
  "Evaluation": ["Matrices", "Glibc"],
  "Learning": ["Matrices", "Evaluation", "Glibc"],
  "Judging": ["Matrices", "Evaluation", "Glibc"],
  "Imaging": [
    "CTurboJPEG", "CPNG", "CWebP", "CHeif", "CResampling", "Crypto", "Glibc",
  ],
  "Embeddings": ["Imaging"],
  "OpenVINOEmbedder": ["COpenVINO", "Embeddings", "Imaging", "Foundation", "Glibc"],
  "ONNXGraph": ["SwiftProtobuf", "Foundation", "FoundationEssentials"],
  "Backbones": ["ONNXGraph"],
  "Setup": ["Backbones", "ONNXGraph", "CZlib", "Foundation", "Glibc"],
  "Settings": ["TOMLKit", "Backbones", "TerminalGrid", "Foundation"],
  "ProjectStore": ["Dataset", "GRDB", "Foundation", "Glibc"],
  "ModelExport": ["ONNXGraph", "Embeddings", "Learning", "Matrices"],
  "ProjectLibrary": [
    "CFileSystem", "ProjectStore", "Learning", "Judging", "Embeddings", "Imaging", "Evaluation",
    "Matrices", "ModelExport", "Dataset", "WorkThreads", "Foundation", "Glibc", "Dispatch",
  ],
  "Thumbnails": ["CChafa", "Imaging", "TerminalGrid", "Glibc"],
  "TerminalScreen": ["CNcurses", "TerminalGrid", "Dispatch", "Glibc"],
  "Workbench": ["Dataset", "Evaluation"],
  "TerminalViews": ["Workbench", "Dataset", "Evaluation", "TerminalGrid"],
  "TerminalApp": [
    "Workbench", "TerminalViews", "TerminalScreen", "TerminalGrid", "Thumbnails",
    "ProjectLibrary", "Dataset", "Evaluation", "Imaging", "WorkThreads", "Foundation", "Glibc",
    "Dispatch",
  ],
  "CustomVisionAPI": [],
  "WebAccess": ["CCurl", "Foundation", "Glibc"],
  "ServiceMigration": ["CustomVisionAPI", "WebAccess", "ProjectLibrary", "Dataset", "Foundation"],
  "RESTServer": [
    "CustomVisionAPI", "ProjectLibrary", "WebAccess", "Dataset", "Evaluation", "Hummingbird",
    "HummingbirdCore",
    "HTTPTypes",
    "NIOCore", "Logging", "Foundation", "Synchronization",
  ],
  "SampleData": ["Imaging", "Foundation", "Glibc"],
  "WorkbenchTesting": [
    "Workbench", "TerminalViews", "TerminalGrid", "Dataset", "Evaluation", "Embeddings",
    "Imaging", "Matrices", "Foundation", "Glibc",
  ],
]

/// Where the parts are put together; it may import everything.
private let assembly = "CommandLineTool"

/// Outside libraries, each with its one importer.
private let soleImporters = [
  "GRDB": "ProjectStore", "SwiftProtobuf": "ONNXGraph", "TOMLKit": "Settings",
  "ArgumentParser": "CommandLineTool", "Crypto": "Imaging", "CNcurses": "TerminalScreen",
  "CChafa": "Thumbnails", "CTurboJPEG": "Imaging", "CPNG": "Imaging",
  "CWebP": "Imaging", "CHeif": "Imaging", "CResampling": "Imaging",
  "COpenVINO": "OpenVINOEmbedder",
  "CBLAS": "Matrices", "CZlib": "Setup",
  "Hummingbird": "RESTServer", "HummingbirdCore": "RESTServer", "HTTPTypes": "RESTServer",
  "NIOCore": "RESTServer",
  "CCurl": "WebAccess",
]

@Suite struct ModuleGraphTests {
  @Test func everyModuleImportsOnlyWhatItMay() throws {
    for (module, imports) in try importsByModule() where module != assembly {
      let allowed = try #require(allowedImports[module], "\(module) is not in the table")
      let strangers = imports.subtracting(allowed).subtracting(["Synchronization"])
      #expect(strangers.isEmpty, "\(module) imports \(strangers.sorted())")
    }
  }

  @Test func outsideLibrariesHaveOneImporter() throws {
    for (module, imports) in try importsByModule() {
      for (library, importer) in soleImporters where imports.contains(library) {
        #expect(module == importer, "\(module) imports \(library)")
      }
    }
  }

  @Test func noSourceFileIsTooLongToRead() throws {
    for file in try swiftFiles() where !file.path.hasSuffix(".pb.swift") {
      let lineCount = try String(contentsOf: file, encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count
      #expect(lineCount <= 600, "\(file.lastPathComponent) has \(lineCount) lines")
    }
  }

  /// The fuzzing harness has a manifest of its own, which nothing else builds.
  @Test func fuzzingDeclaresWhatItsModulesImport() throws {
    let fuzzing = root.appendingPathComponent("Tests/Fuzzing")
    let manifest = try String(
      contentsOf: fuzzing.appendingPathComponent("Package.swift"), encoding: .utf8)
    let linked = Set(
      try FileManager.default.contentsOfDirectory(
        atPath: fuzzing.appendingPathComponent("Sources").path))
    let ours = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    for (module, imports) in try importsByModule() where linked.contains(module) {
      let entry = manifest.split(separator: "module(").first {
        $0.drop(while: \.isWhitespace).hasPrefix("\"\(module)\"")
      }
      let declared = try #require(entry, "\(module) is not in the manifest")
      for imported in imports.intersection(ours) {
        #expect(linked.contains(imported), "\(module) imports \(imported)")
        #expect(declared.contains("\"\(imported)\""), "\(module) imports \(imported)")
      }
    }
  }

  private var root: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  private var sources: URL { root.appendingPathComponent("Sources") }

  private func swiftFiles() throws -> [URL] {
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }

  private func importsByModule() throws -> [String: Set<String>] {
    var imports: [String: Set<String>] = [:]
    for file in try swiftFiles() {
      let module = file.pathComponents[sources.pathComponents.count]
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place <= 2, words.count > place + 1,
          // Examples in other languages stand in texts, which are indented.
          !line.hasPrefix("    "),
          words[..<place].allSatisfy({
            ["public", "private", "internal", "@testable"].contains($0)
          })
        else { continue }
        // `import struct Foundation.Data` names a kind first.
        let kinds: Set<Substring> = ["struct", "class", "enum", "func", "let", "var"]
        let named = kinds.contains(words[place + 1]) ? words[place + 2] : words[place + 1]
        imports[module, default: []].insert(String(named.prefix { $0 != "." }))
      }
    }
    return imports
  }
}
