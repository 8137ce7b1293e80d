import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

/// Sends a message and claims everything that it does: each change of the state, and each effect.
func claim(
  _ state: inout State, _ message: Message, gives effects: [Effect] = [],
  changing change: (inout State) -> Void = { _ in },
  sourceLocation: SourceLocation = #_sourceLocation
) {
  var expected = state
  change(&expected)
  let given = update(&state, message)
  #expect(given == effects, sourceLocation: sourceLocation)
  if state != expected {
    var difference = ""
    dump(expected, to: &difference)
    let wanted = difference.split(separator: "\n")
    difference = ""
    dump(state, to: &difference)
    let lines = zip(difference.split(separator: "\n"), wanted).filter { $0 != $1 }
    Issue.record(
      "the state differs: \(lines.prefix(5).map { "found \($0), claimed \($1)" })",
      sourceLocation: sourceLocation)
  }
  #expect(state.brokenInvariants() == [], sourceLocation: sourceLocation)
}

extension WorkbenchSession {
  /// A project with ten images in turns of daisy and dahlia, each third untagged; the cursor is on
  /// image 0.
  static func flowers(
    _ tags: [String] = ["daisy", "dahlia"], imageCount: Int = 10,
    type: ClassificationType = .multiclass
  ) -> WorkbenchSession {
    WorkbenchSession(
      SampleProject.library(imageCount: imageCount, tags: tags, type: type), viewport: .small)
  }
}
