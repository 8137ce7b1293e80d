import ProjectLibrary
import ServiceMigration
import WebAccess

/// What people are told when something does not come over the web.
enum MigrationWording {
  static func sentence(for error: MigrationError) -> String {
    switch error {
    case .serviceRefused(_, 401, _): "The service does not take this training key."
    case .serviceRefused(let address, let status, let message):
      "The service answers \(address) with \(status)\(message.isEmpty ? "" : ": \(message)")."
    case .answerNotUnderstood(let address):
      "What answers at \(address) does not speak the Custom Vision API. Is the endpoint right?"
    case .projectNotFound(let name, let known):
      known.isEmpty
        ? "The service has no projects."
        : "The service has no project “\(name)”. It has: \(known.joined(separator: ", "))."
    }
  }

  static func sentence(for error: WebError) -> String {
    switch error {
    case .addressInvalid(let address): "“\(address)” is no address of http or https."
    case .addressForbidden(let host): "\(host) has no public address."
    case .hostUnknown(let host): "Nobody knows the host \(host)."
    case .untrusted(let host, let reason):
      "The certificate of \(host) is not to be trusted: \(reason). $SSL_CERT_FILE may name a file with "
        + "those of your own authority."
    case .unreachable(let host, let reason): "\(host) does not answer: \(reason)."
    case .answered(let status): "The server answers with \(status)."
    case .tooLarge(let limit): "What is there has more than \(Figures.bytes(limit))."
    case .tooSlow(let seconds): "Nothing came within \(Int(seconds)) seconds."
    case .tooManyRedirects(let limit): "There are more than \(limit) redirects."
    }
  }

  /// Why nothing of a project was copied: its name and those of its tags are the service's, not the user's.
  static func sentence(for obstacle: LibraryError) -> String {
    switch obstacle {
    case .projectNameTaken(let name):
      "Another project here is called “\(name)”. Give it another name and migrate again: "
        + "tagbench project rename \(Shell.word(name)) NEW-NAME"
    case .tagNameTaken(let name):
      "Another tag here is called “\(name)”. Give it another name and migrate again: "
        + "tagbench tag rename \"\(name)\" NEW-NAME"
    default: ErrorWording.message(for: obstacle)
    }
  }

  static func sentence(for failure: Migration.Failure) -> String {
    switch failure {
    case .notFetched(let error as WebError): sentence(for: error)
    case .notFetched(let error as MigrationError): sentence(for: error)
    case .notFetched(let error): "\(error)"
    case .refused(let refusal): ErrorWording.message(for: refusal)
    }
  }
}
