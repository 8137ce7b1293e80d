import ArgumentParser
import Foundation

/// The program: `tagbench` and its subcommands.
@main
struct Tagbench: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "tagbench",
    abstract: "A terminal workbench for building your own image classifier.",
    discussion: """
      Without a subcommand it opens the workbench. Offline: only `tagbench setup`, `tagbench migrate` and a server that is asked for it, by \
      pictures by URL or a project's address for notifications, use the network.
      """,
    version: version,
    subcommands: [Manual.self],
    groupedSubcommands: [
      CommandGroup(
        name: "Begin",
        subcommands: [WorkbenchCommand.self, Demo.self, SetUp.self, Doctor.self, Migrate.self]),
      CommandGroup(
        name: "Build a classifier",
        subcommands: [
          Import.self, Train.self, ShowPerformance.self, Status.self, Undo.self, Redo.self,
          HistoryCommand.self, Revert.self, Bisect.self,
        ]),
      CommandGroup(
        name: "Make it better",
        subcommands: [
          Misclassified.self, Suspects.self, NearDuplicates.self, Suggest.self, Queue.self,
          Neighbours.self, Explain.self, Advice.self, Compare.self,
        ]),
      CommandGroup(
        name: "Use it",
        subcommands: [
          Predict.self, Evaluate.self, Export.self, Verify.self, Serve.self,
          PredictionsCommand.self,
        ]),
      CommandGroup(
        name: "Look after things",
        subcommands: [
          ProjectCommand.self, TagCommand.self, LabelCommand.self, ImageCommand.self,
          IterationCommand.self, Iterations.self, LibraryCommand.self, EncoderCommand.self,
          SettingsCommand.self,
        ]),
    ],
    defaultSubcommand: WorkbenchCommand.self)

  /// Parses, runs, and ends with the code of the command-line contract: 0 done, 1 some items refused
  /// or failed, 2 wrong use.
  static func main() async {
    StandardStream.prepare()
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      end(0)
    } catch let code as ExitCode {
      end(code.rawValue)
    } catch is CancellationError {
      complain("Stopped.")
      end(1)
    } catch let error as WrongUse {
      complain(error.message)
      end(2)
    } catch {
      if let (message, isWrongUse) = ErrorWording.message(for: error) {
        complain(message)
        end(isWrongUse ? 2 : 1)
      }
      let code = exitCode(for: error)
      if code.isSuccess {
        say(fullMessage(for: error))
        end(0)
      }
      complain(parsingMessage(for: error))
      end(code == .validationFailure ? 2 : 1)
    }
  }

  /// Ends without the ends of libraries. A thread may still be computing, as when the workbench is left
  /// while it learns, and OpenBLAS takes away what it computes with: then the process crashed, or never
  /// ended.
  ///
  /// What was to be printed and could not be is told here, but for a reader who wanted no more of it.
  private static func end(_ code: Int32) -> Never {
    fflush(nil)
    guard let failure = StandardStream.outputFailure else { quick_exit(code) }
    if failure == EPIPE { StandardStream.endWithoutReader() }
    complain(
      "Standard output could not be written: \(ErrorWording.words(forSystemError: failure)).")
    quick_exit(max(code, 1))
  }

  /// What is wrong with the arguments, and where to read on: in one line.
  private static func parsingMessage(for error: any Error) -> String {
    let advice = fullMessage(for: error).split(separator: "\n").first { $0.contains("See '") }
    let command = advice?.split(separator: "'").dropFirst().first ?? "tagbench --help"
    // What is no command is an argument of the one that stands for none.
    let workbench = WorkbenchCommand.configuration.commandName ?? ""
    if let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"), word != workbench,
      command == "tagbench \(workbench) --help"
    {
      return "There is no command \(word). See: tagbench --help"
    }
    let sentence = message(for: error)
    return "\(sentence)\(sentence.hasSuffix(".") ? "" : ".") See: \(command)"
  }

  /// Writes a sentence to standard error; what cannot be written there is lost.
  static func complain(_ message: String) {
    StandardStream.error.write("tagbench: \(message.shown)\n")
  }

  /// Writes a text and the end of its line to standard output.
  static func say(_ text: String) { StandardStream.output.write(text + "\n") }
}

/// Arguments that parse but make no sense together.
struct WrongUse: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
