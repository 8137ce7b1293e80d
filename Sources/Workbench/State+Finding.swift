import Dataset

/// Finding: which images are listed and in which order.
extension State {
  /// Lists the images of a filter, from the first; what was typed into the other filter ends, and
  /// marks stay with the list they were made in.
  mutating func filter(by filter: ImageFilter) -> [Effect] {
    var selection = images.selection
    selection.filter = filter
    selection.terms = []
    selection.listed = nil
    // Back among all images, people find the one again that they were at.
    return select(selection, text: "", findsImageAgain: filter == .all)
  }

  /// Lists the images that what was typed asks for, as near as can be to the one before.
  mutating func search(for text: String) -> [Effect] {
    var selection = images.selection
    selection.terms = SearchTerm.terms(in: text)
    guard selection != images.selection else {
      images.searchText = text
      return []
    }
    return select(selection, text: text, findsImageAgain: true)
  }

  mutating func openFilter() {
    searchBefore = images.searchText
    markCountBefore = images.marks.count
    focus = .images
    leavePicture()
    overlay = .prompt(Prompt(.filter, text: images.searchText))
  }

  /// Keeps what was typed into the filter, and says what cannot be answered of it.
  mutating func endFilter(with text: String) -> [Effect] {
    let effects = search(for: text)
    tellDroppedMarks()
    if let problem = filterProblem { notice = problem }
    return effects
  }

  /// Says that marks have ended with the list that they were made in.
  mutating func tellDroppedMarks() {
    if images.marks.isEmpty, markCountBefore > 0 { notice = .marksDropped(count: markCountBefore) }
    markCountBefore = 0
  }

  /// Why what is typed into the filter finds nothing, or something else than was meant.
  public var filterProblem: Notice? {
    let unknown = SearchTerm.unknownTerms(in: images.searchText)
    if !unknown.isEmpty { return .termsUnknown(unknown) }
    let asks = ImageSelection(terms: images.selection.terms).asksForPredictions
    return asks && training.report == nil ? .commandDisabled(.notTrained) : nil
  }

  /// Lists what is wrong, most certain first; again: what was listed before.
  mutating func showWrong() -> [Effect] {
    focus = .images
    var selection = images.selection
    if selection.terms == [.wrong] {
      selection.terms = []
      selection.order = .imported
      return select(selection, text: "", findsImageAgain: true)
    }
    selection.terms = [.wrong]
    selection.listed = nil
    selection.order = .certainty
    selection.isReversed = false
    return select(selection, text: "wrong", findsImageAgain: false)
  }

  /// Lists the images of a list that was made elsewhere.
  mutating func show(_ list: ReviewList) -> [Effect] {
    let effects = select(
      ImageSelection(listed: list.lines.map(\.image)), text: "", findsImageAgain: false)
    review = ReviewState(list: list)
    return effects
  }

  mutating func changeOrder() -> [Effect] {
    let orders = ImageOrder.allCases
    let index = orders.firstIndex(of: images.selection.order) ?? 0
    return sort(by: orders[(index + 1) % orders.count])
  }

  mutating func sort(by order: ImageOrder) -> [Effect] {
    if order == .certainty, training.report == nil {
      // Who goes through the orders goes on.
      let effects = images.selection.order == .size ? sort(by: .imported) : []
      notice = .commandDisabled(.notTrained)
      return effects
    }
    var selection = images.selection
    selection.order = order
    selection.isReversed = false
    return select(selection, text: images.searchText, findsImageAgain: false)
  }

  mutating func reverseOrder() -> [Effect] {
    var selection = images.selection
    selection.isReversed.toggle()
    return select(selection, text: images.searchText, findsImageAgain: false)
  }

  mutating func leavePicture() {
    guard isPictureOpen else { return }
    isPictureOpen = false
    preview = nil
    images.moveCursor(to: images.cursor, page: imagePage)
  }

  private mutating func select(
    _ selection: ImageSelection, text: String, findsImageAgain: Bool
  ) -> [Effect] {
    guard selection != images.selection else {
      images.searchText = text
      return []
    }
    if selection.listed == nil {
      review = nil
      awaitedReview = nil
    }
    let before = images
    images = ImagesState()
    images.selection = selection
    images.searchText = text
    images.isSheet = before.isSheet
    // What was there stays in sight until the answer comes, which is sooner than an eye can see.
    images.ghost =
      before.matchCount == nil
      ? before.ghost : Array(before.rows.dropFirst(max(0, before.top - before.start)).prefix(100))
    if findsImageAgain, let current = before.current {
      return [ask(.around(current.id, row: 0, count: windowLength))]
    }
    return []
  }
}
