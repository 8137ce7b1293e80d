/// Reads one Python pickle (protocol 2) as far as a weights file uses the language, and runs
/// nothing.
///
/// A pickle is a program for a stack machine that can call any Python function. This reader knows
/// the few instructions that lay out tuples, dictionaries and numbers, and four names; at anything
/// else it stops. Work and memory are bounded by the length of the file: every instruction takes at
/// least a byte of it, containers cannot be copied through the memo, and nesting is limited.
struct PickleReader {
  static let nestingLimit = 16

  private var input: ByteReader
  private var stack: [PickleValue] = []
  /// Where in `stack` each open MARK stands.
  private var marks: [Int] = []
  /// Values that the pickle may ask for again; `nil` for containers, which may still change.
  private var memo: [Int: PickleValue?] = [:]

  /// Reads the pickle at the front of `input` and leaves `input` behind it.
  static func read(from input: inout ByteReader) throws(BackboneError) -> PickleValue {
    var reader = PickleReader(input: input)
    let value = try reader.run()
    input = reader.input
    return value
  }

  private init(input: ByteReader) {
    self.input = input
  }

  private mutating func run() throws(BackboneError) -> PickleValue {
    while true {
      let start = input.offset
      let code = try input.byte()
      guard let opcode = Opcode(rawValue: code) else {
        throw .unexpectedOpcode(code, offset: start)
      }
      if opcode == .stop { break }
      try execute(opcode, at: start)
    }
    guard stack.count == 1, marks.isEmpty else {
      throw .malformed(expected: "one value at the end of the pickle", offset: input.offset)
    }
    return stack[0]
  }

  private mutating func execute(_ opcode: Opcode, at start: Int) throws(BackboneError) {
    switch opcode {
    case .stop: break  // `run` ends there.
    case .proto:
      guard try input.byte() == 2 else { throw .malformed(expected: "protocol 2", offset: start) }
    case .mark: marks.append(stack.count)
    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .binInt: stack.append(.int(Int(try input.integer(Int32.self))))
    case .binInt1: stack.append(.int(Int(try input.byte())))
    case .binInt2: stack.append(.int(Int(try input.integer(UInt16.self))))
    case .long1:
      let count = Int(try input.byte())
      stack.append(.long(Array(input.bytes[try input.run(of: count)])))
    case .binUnicode:
      let count = Int(try input.integer(UInt32.self))
      stack.append(.text(try input.text(of: count)))
    case .global: try pushGlobal(at: start)
    case .emptyTuple: stack.append(.tuple(PickleTuple([])))
    case .tuple: try pushTuple(of: try popMark(at: start), at: start)
    case .tuple1: try pushTuple(of: try pop(1, at: start), at: start)
    case .tuple2: try pushTuple(of: try pop(2, at: start), at: start)
    case .tuple3: try pushTuple(of: try pop(3, at: start), at: start)
    case .emptyList: stack.append(.list([]))
    case .append: try append(try pop(1, at: start), at: start)
    case .appends: try append(try popMark(at: start), at: start)
    case .emptyDict: stack.append(.dictionary([]))
    case .setItem: try setItems(try pop(2, at: start), at: start)
    case .setItems: try setItems(try popMark(at: start), at: start)
    case .binPut: try remember(at: Int(try input.byte()), start)
    case .longBinPut: try remember(at: Int(try input.integer(UInt32.self)), start)
    case .binGet: try recall(Int(try input.byte()), start)
    case .longBinGet: try recall(Int(try input.integer(UInt32.self)), start)
    case .binPersistentID:
      stack.append(.storage(try storage(named: try pop(1, at: start)[0], at: start)))
    case .reduce:
      let call = try pop(2, at: start)
      stack.append(try rebuilt(call[0], from: call[1], at: start))
    case .build:
      // The state of an ordered dictionary is a note on versions; it changes no weight.
      let state = try pop(1, at: start)[0]
      guard case .dictionary = state, case .dictionary? = stack.last else {
        throw .malformed(expected: "state of a dictionary", offset: start)
      }
    }
  }

  // MARK: Stack and memo

  private mutating func pop(_ count: Int, at offset: Int) throws(BackboneError) -> [PickleValue] {
    guard stack.count - (marks.last ?? 0) >= count else {
      throw .malformed(expected: "\(count) values on the stack", offset: offset)
    }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  private mutating func popMark(at offset: Int) throws(BackboneError) -> [PickleValue] {
    guard let mark = marks.popLast() else { throw .malformed(expected: "mark", offset: offset) }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  private mutating func remember(at index: Int, _ offset: Int) throws(BackboneError) {
    switch stack.last {
    case .list?, .dictionary?: memo.updateValue(nil, forKey: index)
    case let value?: memo.updateValue(value, forKey: index)
    case nil: throw .malformed(expected: "value to remember", offset: offset)
    }
  }

  private mutating func recall(_ index: Int, _ offset: Int) throws(BackboneError) {
    guard case let value?? = memo[index] else {
      throw .malformed(expected: "remembered value \(index)", offset: offset)
    }
    stack.append(value)
  }

  // MARK: Containers

  private mutating func pushTuple(
    of elements: [PickleValue], at offset: Int
  ) throws(BackboneError) {
    let tuple = PickleTuple(elements)
    guard tuple.depth <= Self.nestingLimit else {
      throw .tooDeep(limit: Self.nestingLimit, offset: offset)
    }
    stack.append(.tuple(tuple))
  }

  private mutating func append(_ added: [PickleValue], at offset: Int) throws(BackboneError) {
    try checkDepth(of: added, at: offset)
    guard case .list(var elements) = try takeContainer(at: offset) else {
      throw .malformed(expected: "list", offset: offset)
    }
    elements += added
    stack.append(.list(elements))
  }

  private mutating func setItems(_ added: [PickleValue], at offset: Int) throws(BackboneError) {
    try checkDepth(of: added, at: offset)
    guard added.count.isMultiple(of: 2),
      case .dictionary(var entries) = try takeContainer(at: offset)
    else { throw .malformed(expected: "dictionary and pairs", offset: offset) }
    for index in stride(from: 0, to: added.count, by: 2) {
      guard case .text(let key) = added[index] else {
        throw .malformed(expected: "text as key", offset: offset)
      }
      entries.append((key, added[index + 1]))
    }
    stack.append(.dictionary(entries))
  }

  /// Takes the value that is about to grow off the stack, so that growing it copies nothing.
  private mutating func takeContainer(at offset: Int) throws(BackboneError) -> PickleValue {
    guard stack.count > marks.last ?? 0 else {
      throw .malformed(expected: "list or dictionary", offset: offset)
    }
    return stack.removeLast()
  }

  private func checkDepth(of values: [PickleValue], at offset: Int) throws(BackboneError) {
    for value in values where value.depth >= Self.nestingLimit {
      throw .tooDeep(limit: Self.nestingLimit, offset: offset)
    }
  }

  // MARK: Names

  private mutating func pushGlobal(at offset: Int) throws(BackboneError) {
    let module = try input.line()
    let name = "\(module).\(try input.line())"
    guard let global = PickleGlobal(rawValue: name) else {
      throw .unexpectedGlobal(name, offset: offset)
    }
    stack.append(.global(global))
  }

  private func storage(
    named id: PickleValue, at offset: Int
  ) throws(BackboneError) -> StorageReference {
    guard case .tuple(let tuple) = id, tuple.elements.count == 6,
      case .text("storage") = tuple.elements[0], case .global(let type) = tuple.elements[1],
      case .text(let key) = tuple.elements[2], case .text = tuple.elements[3],
      case .int(let count) = tuple.elements[4], case .none = tuple.elements[5], count >= 0
    else { throw .malformed(expected: "name of a storage", offset: offset) }
    let element: StorageReference.Element
    switch type {
    case .floatStorage: element = .float
    case .longStorage: element = .int64
    case .orderedDictionary, .rebuildTensor:
      throw .malformed(expected: "type of a storage", offset: offset)
    }
    let limit = input.remaining / element.size
    guard count <= limit else { throw .tooLarge(count, limit: limit, offset: offset) }
    return StorageReference(key: key, element: element, count: count)
  }

  private func rebuilt(
    _ callee: PickleValue, from arguments: PickleValue, at offset: Int
  ) throws(BackboneError) -> PickleValue {
    guard case .global(let global) = callee, case .tuple(let tuple) = arguments else {
      throw .malformed(expected: "known name and its arguments", offset: offset)
    }
    switch (global, tuple.elements.count) {
    case (.orderedDictionary, 0): return .dictionary([])
    case (.rebuildTensor, 6): break
    default: throw .malformed(expected: "arguments of \(global.rawValue)", offset: offset)
    }
    guard case .storage(let storage) = tuple.elements[0], case .int(let first) = tuple.elements[1],
      case .tuple(let shape) = tuple.elements[2], case .tuple(let strides) = tuple.elements[3],
      case .bool = tuple.elements[4], case .dictionary = tuple.elements[5],
      shape.elements.count == strides.elements.count, first >= 0
    else { throw .malformed(expected: "tensor", offset: offset) }
    return .tensor(
      TensorReference(
        storage: storage, offset: first, shape: try counts(shape, at: offset),
        strides: try counts(strides, at: offset)))
  }

  private func counts(_ tuple: PickleTuple, at offset: Int) throws(BackboneError) -> [Int] {
    var counts: [Int] = []
    for element in tuple.elements {
      guard case .int(let count) = element, count >= 0 else {
        throw .malformed(expected: "number of elements", offset: offset)
      }
      counts.append(count)
    }
    return counts
  }

  /// The instructions of Python's pickle machine that weights use; raw values are its own.
  private enum Opcode: UInt8 {
    case mark = 0x28
    case emptyTuple = 0x29
    case stop = 0x2E
    case binInt = 0x4A
    case binInt1 = 0x4B
    case binInt2 = 0x4D
    case none = 0x4E
    case binPersistentID = 0x51
    case reduce = 0x52
    case binUnicode = 0x58
    case emptyList = 0x5D
    case append = 0x61
    case build = 0x62
    case global = 0x63
    case appends = 0x65
    case binGet = 0x68
    case longBinGet = 0x6A
    case binPut = 0x71
    case longBinPut = 0x72
    case setItem = 0x73
    case tuple = 0x74
    case setItems = 0x75
    case emptyDict = 0x7D
    case proto = 0x80
    case tuple1 = 0x85
    case tuple2 = 0x86
    case tuple3 = 0x87
    case newTrue = 0x88
    case newFalse = 0x89
    case long1 = 0x8A
  }
}
