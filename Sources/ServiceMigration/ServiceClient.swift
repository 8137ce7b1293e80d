import CustomVisionAPI
import Foundation
public import WebAccess

/// A running service, or another program that speaks its API, from which projects are read.
public struct ServiceClient: Sendable {
  private let endpoint: String
  private let key: String
  private let web: WebClient

  /// How large a list, and how large a picture may be.
  private static let listLimit = 64 << 20
  private static let pictureLimit = 32 << 20
  private static let attemptCount = 6

  /// - Parameters:
  ///   - endpoint: As the service's page shows it, without a path.
  ///   - key: The training key.
  ///   - web: Reaches whatever the user names.
  public init(
    endpoint: String, key: String, web: WebClient = WebClient(reach: .allAddresses, seconds: 60)
  ) {
    self.endpoint = String(endpoint.reversed().drop { $0 == "/" }.reversed())
    self.key = key
    self.web = web
  }

  func projects() async throws -> [ProjectAnswer] { try await get("projects") }

  func tags(of project: String) async throws -> [TagAnswer] {
    try await get("projects/\(project)/tags")
  }

  func imageCount(of project: String, _ group: ImageGroup) async throws -> Int {
    try await get("projects/\(project)/images/\(group.rawValue)/count")
  }

  /// A page of images, the oldest first, so that what is added meanwhile comes last.
  func images(
    of project: String, _ group: ImageGroup, skip: Int, take: Int
  ) async throws -> [ImageAnswer] {
    try await get(
      "projects/\(project)/images/\(group.rawValue)?orderBy=Oldest&take=\(take)&skip=\(skip)")
  }

  /// The bytes of an image's file, whose address needs no key.
  ///
  /// - Throws: `MigrationError.serviceRefused`, `WebError`, `CancellationError`.
  func file(of image: ImageAnswer) async throws -> [UInt8] {
    try await ask(image.originalImageUri, headers: [], byteLimit: Self.pictureLimit).body
  }

  private func get<Answer: Decodable>(_ path: String) async throws -> Answer {
    let address = "\(endpoint)/customvision/v3.3/training/\(path)"
    let answer = try await ask(
      address, headers: [("Training-Key", key)], byteLimit: Self.listLimit)
    do {
      return try JSONDecoder().decode(Answer.self, from: Data(answer.body))
    } catch {
      throw MigrationError.answerNotUnderstood(address: address)
    }
  }

  /// Asks until there is an answer: the service allows ten calls a second, and says so with 429.
  private func ask(
    _ address: String, headers: [(name: String, value: String)], byteLimit: Int
  ) async throws -> WebAnswer {
    for attempt in 1... {
      let isLast = attempt == Self.attemptCount
      var pause = Double(1 << attempt) / 4
      do {
        let answer = try await web.get(address, headers: headers, byteLimit: byteLimit)
        if answer.status == 200 { return answer }
        let isPassing = answer.status == 429 || answer.status == 408 || answer.status >= 500
        if !isPassing || isLast {
          // Not every refusal says why.
          let model = try? JSONDecoder().decode(ErrorModel.self, from: Data(answer.body))
          throw MigrationError.serviceRefused(
            address: address, status: answer.status, message: model?.message ?? "")
        }
        pause = min(answer.retryAfter ?? pause, 60)
      } catch let error as WebError {
        switch error {
        case .unreachable, .tooSlow: if isLast { throw error }
        default: throw error
        }
      }
      try await Task.sleep(for: .seconds(pause))
    }
    preconditionFailure("the last attempt neither returned nor threw")
  }
}

/// The two lists in which the service gives a project's images.
enum ImageGroup: String, CaseIterable, Sendable {
  case tagged
  case untagged
}

/// Why a project is not taken over.
public enum MigrationError: Error, Equatable, Sendable {
  /// The service's own words, where it said any.
  case serviceRefused(address: String, status: Int, message: String)
  case answerNotUnderstood(address: String)
  case projectNotFound(String, known: [String])
}
