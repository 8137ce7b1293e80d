import CCurl

/// One question to a server and its answer, on the thread that asks.
final class Exchange {
  enum Ending {
    /// Location and Retry-After are empty where there is none.
    case answered(status: Int, location: String, retryAfter: String)
    case hostUnknown
    /// The host does not prove that it is the one that is meant.
    case untrusted(reason: String)
    case tooSlow
    /// The body was too large, or nobody waits any more.
    case stopped
    case failed(reason: String)
  }

  let byteLimit: Int
  private let isCancelled: Flag
  private let allows: (NetworkAddress) -> Bool
  private(set) var body: [UInt8] = []
  private(set) var isTooLarge = false
  /// Whether there were addresses, and none that may be connected to.
  private(set) var isForbidden = false
  private var hasAllowedAddress = false

  init(
    byteLimit: Int, isCancelled: Flag, allows: @escaping (NetworkAddress) -> Bool
  ) {
    self.byteLimit = byteLimit
    self.isCancelled = isCancelled
    self.allows = allows
  }

  /// - Parameters:
  ///   - headers: Lines as `Name: value`.
  ///   - posted: What is posted; `nil` asks with GET.
  ///   - addresses: What the host's name stands for; `nil` asks the system.
  ///   - certificateFile: Of the authorities that are trusted; `nil` for the system's.
  func run(
    _ address: WebAddress, headers: [String], posted: [UInt8]?,
    standsFor addresses: [NetworkAddress]?, certificateFile: String?, milliseconds: Int
  ) -> Ending {
    let resolution = addresses.map { addresses in
      "\(address.host):\(address.port):" + addresses.map(\.description).joined(separator: ",")
    }
    var answer = CCurlAnswer()
    let code = withCStrings(headers) { lines in
      withCStrings([address.text, resolution ?? "", certificateFile ?? ""]) { texts in
        var request = CCurlRequest()
        request.url = texts[0]
        request.resolution = resolution == nil ? nil : texts[1]
        request.certificate_file = certificateFile == nil ? nil : texts[2]
        request.milliseconds = milliseconds
        // The exchange outlives the call, which keeps no pointer.
        request.context = Unmanaged.passUnretained(self).toOpaque()
        request.allows = { Exchange.at($0).allows($1, $2) ? 1 : 0 }
        request.take = { Exchange.at($0).take($1, $2) ? 1 : 0 }
        request.stops = { Exchange.at($0).isCancelled.isRaised ? 1 : 0 }
        return lines.withUnsafeBufferPointer { lines in
          request.headers = lines.baseAddress
          request.header_count = lines.count
          guard let posted else { return ccurl_perform(&request, &answer) }
          return posted.withUnsafeBufferPointer { posted in
            request.posts = 1
            request.body = posted.baseAddress
            request.body_count = posted.count
            return ccurl_perform(&request, &answer)
          }
        }
      }
    }
    defer { ccurl_free(&answer) }
    switch Int(code) {
    case CCurlDone:
      return .answered(
        status: answer.status, location: text(of: answer.location),
        retryAfter: text(of: answer.retry_after))
    case CCurlHostUnknown: return .hostUnknown
    case CCurlUntrusted: return .untrusted(reason: text(of: answer.reason))
    case CCurlTooSlow: return .tooSlow
    case CCurlStopped: return .stopped
    default: return .failed(reason: text(of: answer.reason))
    }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> Exchange {
    // libcurl hands on what `run` gave it.
    Unmanaged<Exchange>.fromOpaque(context!).takeUnretainedValue()
  }

  private func allows(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
    let address = NetworkAddress(bytes: Array(UnsafeBufferPointer(start: bytes, count: count)))
    if allows(address) { hasAllowedAddress = true }
    isForbidden = !hasAllowedAddress
    return allows(address)
  }

  private func take(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
    guard count <= byteLimit - body.count else {
      isTooLarge = true
      return false
    }
    body.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
    return true
  }
}

/// Texts as C has them, for as long as the work takes.
private func withCStrings<Result>(
  _ texts: [String], _ work: ([UnsafePointer<CChar>?]) -> Result
) -> Result {
  let bytes = texts.flatMap { Array($0.utf8CString) }
  return bytes.withUnsafeBufferPointer { bytes in
    var pointers: [UnsafePointer<CChar>?] = []
    var offset = 0
    for text in texts {
      pointers.append(bytes.baseAddress.map { $0 + offset })
      offset += text.utf8CString.count
    }
    return work(pointers)
  }
}

/// A text of C's; empty where there is none.
private func text(of characters: UnsafePointer<CChar>?) -> String {
  characters.map { String(cString: $0) } ?? ""
}
