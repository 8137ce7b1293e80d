import CustomVisionAPI
import Dataset
import Testing

@testable import RESTServer

@Suite struct RequestTests {
  @Test(arguments: ["tagIds=a,b", "tagIds=a%2Cb", "tagids=a&tagIds=b", "x=1&TagIds=a,,b,"])
  func listsComeInSeveralForms(query: String) throws {
    #expect(try RequestQuery(query).list("tagIds", limit: 2) == ["a", "b"])
  }

  @Test func listsThatAreTooLongAreRefused() throws {
    let query = try RequestQuery("ids=a,b,c")
    #expect(throws: ServiceError.self) { try query.list("ids", limit: 2) }
  }

  @Test func flagsAreTrueAndFalseInAnyCase() throws {
    let query = try RequestQuery("a=true&b=False&c=yes&d=")
    #expect(try query.flag("a") == true)
    #expect(try query.flag("b") == false)
    #expect(throws: ServiceError.self) { try query.flag("c") }
    #expect(try query.flag("d") == nil)
  }

  @Test func numbersStayInTheirRange() throws {
    let query = try RequestQuery("take=256&skip=-1&huge=99999999999999999999&t=0.25&u=nan")
    #expect(try query.integer("take", in: 0...256) == 256)
    #expect(throws: ServiceError.self) { try query.integer("take", in: 0...255) }
    #expect(throws: ServiceError.self) { try query.integer("skip", in: 0...10) }
    #expect(throws: ServiceError.self) { try query.integer("huge", in: 0...10) }
    #expect(try query.fraction("t") == 0.25)
    #expect(throws: ServiceError.self) { try query.fraction("u") }
  }

  @Test func idThatIsNoneIsUnknown() {
    #expect { try identifiers(["x"], missing: "Image") as [ImageID] } throws: {
      ($0 as? ServiceError)?.code == "NotFoundImage"
    }
  }

  @Test func keysAreComparedWhole() {
    let keys = AccessKeys(training: "secret", prediction: "other")
    #expect(keys.admit("secret", to: .training))
    for wrong in [nil, "", "secre", "secrets", "secretsecret", "Secret", "other"] {
      #expect(!keys.admit(wrong, to: .training))
    }
    #expect(keys.admit("other", to: .prediction))
    #expect(AccessKeys(training: nil, prediction: "").admit(nil, to: .training))
    #expect(!AccessKeys(training: nil, prediction: "").admit("", to: .prediction))
  }
}
