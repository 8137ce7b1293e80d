import CustomVisionAPI
import Dataset
import Foundation
import ProjectLibrary

extension Service {
  func exportProject(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let (moment, imageCount, tagCount) = try library.moment(of: project.id)
    return try .json(
      ProjectExportModel(
        imageCount: imageCount, tagCount: tagCount, token: Self.token(for: moment)))
  }

  func importProject(_ call: Call) throws -> Answer {
    guard let token = call.query.text("token") else { throw ServiceError.missing("token") }
    guard let moment = Self.moment(of: token),
      try library.projects().contains(where: { $0.id == moment.project })
    else {
      throw ServiceError.badRequest(
        "BadRequestInvalidImportToken", "The token was not given by this server.")
    }
    let copy = try ServiceError.naming("BadRequestProjectName") {
      try library.copy(moment, named: call.query.text("name"))
    }
    return try .json(try model(of: copy, for: call))
  }

  /// The log of a project is never rewritten: its place there is all that a copy needs.
  private static func token(for moment: ProjectMoment) -> String {
    Data("\(moment.project):\(moment.position)".utf8).base64EncodedString()
  }

  private static func moment(of token: String) -> ProjectMoment? {
    guard let data = Data(base64Encoded: token) else { return nil }
    let halves = String(decoding: data, as: UTF8.self).split(separator: ":")
    guard halves.count == 2, let project = ProjectID(String(halves[0])),
      let position = Int64(halves[1]), position >= 0
    else { return nil }
    return ProjectMoment(project: project, position: position)
  }

  /// A file of the project under the address that another answer gave.
  func artifact(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    guard let path = call.query.text("path") else { throw ServiceError.missing("path") }
    guard let route = try? Route(method: "GET", path: path) else {
      // What means nothing as a path names no file.
      throw ServiceError(404, "NotFound", "There is no such file.")
    }
    switch route {
    case .picture(let id, let kind):
      guard let image = ImageID(id) else { throw ServiceError.notFound("Image") }
      _ = try library.images([image], of: project.id)
      return try picture(id, kind)
    case .askedPicture(let id, let kind):
      guard let prediction = try PredictionID(id).flatMap({ try library.prediction($0) }),
        prediction.project == project.id
      else { throw ServiceError.notFound("Image") }
      return try askedPicture(id, kind)
    default: throw ServiceError(404, "NotFound", "There is no such file.")
    }
  }
}
