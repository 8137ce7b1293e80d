/// What a weights file's pickles are made of.
enum PickleValue {
  case none
  case bool(Bool)
  case int(Int)
  /// An integer of any size, little-endian.
  case long([UInt8])
  case text(String)
  case tuple(PickleTuple)
  case list([PickleValue])
  case dictionary([(key: String, value: PickleValue)])
  case global(PickleGlobal)
  case storage(StorageReference)
  case tensor(TensorReference)
}

/// A tuple that knows how deeply it nests, so that the depth stays bounded.
struct PickleTuple {
  let elements: [PickleValue]
  let depth: Int

  init(_ elements: [PickleValue]) {
    self.elements = elements
    depth = 1 + (elements.map(\.depth).max() ?? 0)
  }
}

/// The only Python names that a weights file may mention. None of them is ever called: each stands
/// for a value that the reader makes itself.
enum PickleGlobal: String {
  case orderedDictionary = "collections.OrderedDict"
  case rebuildTensor = "torch._utils._rebuild_tensor_v2"
  case floatStorage = "torch.FloatStorage"
  case longStorage = "torch.LongStorage"
}

/// A run of numbers that stands after the pickles.
struct StorageReference: Equatable {
  enum Element: Equatable {
    case float
    case int64

    var size: Int {
      switch self {
      case .float: 4
      case .int64: 8
      }
    }
  }

  let key: String
  let element: Element
  let count: Int
}

/// A view into a storage.
struct TensorReference {
  let storage: StorageReference
  let offset: Int
  let shape: [Int]
  /// Elements from one index to the next, for each dimension.
  let strides: [Int]
}

extension PickleValue {
  /// How many containers lie inside one another.
  var depth: Int {
    switch self {
    case .tuple(let tuple): tuple.depth
    case .list(let elements): 1 + (elements.map(\.depth).max() ?? 0)
    case .dictionary(let entries): 1 + (entries.map(\.value.depth).max() ?? 0)
    case .none, .bool, .int, .long, .text, .global, .storage, .tensor: 0
    }
  }
}
