import CustomVisionAPI
import ProjectLibrary
import WebAccess

/// Pictures that requests name by their addresses: they are fetched between two looks at the request,
/// so that no thread waits for other computers.
extension Service {
  /// The addresses that a request names, and how large what is there may be.
  ///
  /// - Throws: `ServiceError` for a request that is refused whatever lies there.
  func addresses(in call: Call) throws -> (addresses: [String], byteLimit: Int) {
    switch call.operation {
    case .createImagesFromUrls:
      _ = try project(of: call)
      let batch = try checkedBatch(call)
      return ((batch.images ?? []).map { $0.url ?? "" }, limits.pictureByteCount)
    case .quickTestImageUrl:
      _ = try project(of: call)
      return ([try address(in: call)], limits.pictureByteCount)
    default:
      _ = try published(call, in: try project(of: call))
      return ([try address(in: call)], limits.predictionByteCount)
    }
  }

  func addImagesFromUrls(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let batch = try checkedBatch(call)
    let metadata = try checked(batch.metadata)
    let common = try tags(batch.tagIds ?? [])
    let entries = try zip(batch.images ?? [], call.fetched).map { entry, fetched in
      let own = try tags(entry.tagIds ?? [])
      return (
        url: entry.url ?? "", fetched: fetched,
        tags: common + own.filter { !common.contains($0) }
      )
    }
    let pictures = entries.compactMap { entry in
      (try? entry.fetched.get()).map { bytes in  // Failures get their status below.
        NewPicture(name: entry.url, bytes: bytes, tags: entry.tags, metadata: metadata)
      }
    }
    var additions = try library.add(pictures, to: project, within: limits.bounds)[...]
    return try summary(
      entries.map { entry in
        switch entry.fetched {
        case .success: (entry.url, additions.popFirst(), otherwise: "ErrorSource")
        case .failure(.tooLarge): (entry.url, nil, otherwise: "ErrorImageSize")
        case .failure: (entry.url, nil, otherwise: "ErrorSource")
        }
      }, in: project, for: call)
  }

  /// The picture that a prediction is asked of by its address.
  func fetchedPicture(_ call: Call) throws -> [UInt8] {
    switch call.fetched.first {
    case .success(let bytes)?: return bytes
    case .failure(.tooLarge(let limit))?:
      throw ServiceError.badRequest(
        "BadRequestImageSizeBytes", "The picture has more than \(limit) bytes.")
    case .failure(let error)?:
      throw ServiceError.badRequest("BadRequestImageUrl", Self.reason(for: error))
    case nil: throw ServiceError.missing("url")
    }
  }

  private func address(in call: Call) throws -> String {
    guard let url = try call.model(ImageUrl.self).url else { throw ServiceError.missing("url") }
    return url
  }

  private func checkedBatch(_ call: Call) throws -> ImageUrlCreateBatch {
    let batch = try call.model(ImageUrlCreateBatch.self)
    let entries = batch.images ?? []
    try refuseRegions(entries.map(\.regions))
    try checkBatch(entries.count)
    _ = try checked(batch.metadata)
    return batch
  }

  private static func reason(for error: WebError) -> String {
    switch error {
    case .addressInvalid: "The URL is none of http or https."
    case .addressForbidden:
      "The URL leads to a private or local address, from which this server fetches nothing."
    case .untrusted(let host, _): "The certificate of the host \(host) is not to be trusted."
    case .hostUnknown(let host): "Nobody knows the host \(host)."
    case .unreachable(let host, _): "The host \(host) does not answer as HTTP wants it."
    case .answered(let status): "The host of the picture answers with the status \(status)."
    case .tooLarge(let limit): "The picture has more than \(limit) bytes."
    case .tooSlow(let seconds): "The picture did not come within \(seconds) seconds."
    case .tooManyRedirects(let limit): "The URL redirects more than \(limit) times."
    }
  }
}
