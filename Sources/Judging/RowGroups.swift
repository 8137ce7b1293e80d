/// Rows that are left out together.
struct RowGroups: Sendable {
  /// The rows of each group, ascending.
  let members: [[Int]]
  /// The group of each row as it was given, before larger ones were cut.
  let wholeGroup: [Int]
  /// The group of each row, an index into `members`.
  let groupIndex: [Int]
  /// The place of each row among its group's members.
  let place: [Int]

  /// Takes the group of each row; those with more than `largest` rows are cut into parts.
  init(_ groups: [Int], largest: Int) {
    var members: [[Int]] = []
    var current: [Int: Int] = [:]
    var groupIndex: [Int] = []
    var place: [Int] = []
    for (row, group) in groups.enumerated() {
      if let index = current[group], members[index].count < largest {
        place.append(members[index].count)
        members[index].append(row)
        groupIndex.append(index)
      } else {
        current[group] = members.count
        groupIndex.append(members.count)
        place.append(0)
        members.append([row])
      }
    }
    wholeGroup = groups
    self.members = members
    self.groupIndex = groupIndex
    self.place = place
  }
}
