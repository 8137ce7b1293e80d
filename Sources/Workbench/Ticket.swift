/// A number that a question to the library carries, so that its answer can be told from older ones.
///
/// `State` hands them out, counting up; an answer whose ticket is no longer current is ignored.
public struct Ticket<Subject>: Hashable, Sendable, Comparable {
  public let number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// One run of work behind the screen: a training or an import.
public typealias JobID = Ticket<Job>
/// One change of labels on its way to the disk.
public typealias ChangeID = Ticket<LabelChange>
/// One question for rows of the image list.
public typealias QueryID = Ticket<ImageQuery>
