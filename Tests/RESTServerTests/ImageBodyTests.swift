import Testing

@testable import RESTServer

@Suite struct ImageBodyTests {
  private let type = "multipart/form-data; boundary=\"b\""

  private func parts(_ body: String, _ contentType: String?) throws -> [ImageBody.Part] {
    try ImageBody.parts(Array(body.utf8), contentType: contentType)
  }

  private func part(_ text: String, name: String = "") -> ImageBody.Part {
    ImageBody.Part(name: name, bytes: Array(text.utf8))
  }

  @Test(arguments: [nil, "application/octet-stream", "multipart/form-data", "image/png"])
  func bodyIsThePicture(contentType: String?) throws {
    #expect(try parts("\r\nx--", contentType) == [part("\r\nx--")])
    #expect(try parts("", contentType).isEmpty)
  }

  @Test func partsAreKnownByTheirName() throws {
    let body = """
      preamble\r
      --b\r
      Content-Disposition: form-data; name="imageData"\r
      \r
      one\r
      two\r
      --b\r
      content-type: text/plain\r
      content-disposition: form-data; name="note"; filename="x"\r
      \r
      not a picture\r
      --b\r
      Content-Disposition: form-data; name=imageData; filename="a.jpg"\r
      \r
      \r
      --b--\r

      """
    #expect(try parts(body, type) == [part("one\r\ntwo"), part("", name: "a.jpg")])
  }

  @Test(
    arguments: [
      (#"filename="x;y.jpg""#, "x;y.jpg"), (#"filename="a\"b;c.jpg""#, "a\"b;c.jpg"),
      (#"filename="C:\photos\a.jpg""#, #"C:\photos\a.jpg"#), (#"filename="a\\";x="y""#, #"a\"#),
      (#"filename = a.jpg ; x="y""#, "a.jpg"), (#"x="filename=b"; filename="a=b""#, "a=b"),
    ])
  func namesAreReadThroughTheirQuotes(parameter: String, name: String) {
    let header = "Content-Disposition: form-data; name=\"imageData\"; \(parameter)"
    #expect(ImageBody.parameter("filename", of: header) == name)
    #expect(ImageBody.parameter("name", of: header) == "imageData")
  }

  @Test(
    arguments: [
      "", "x", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"imageData\"",
      "--b\r\nContent-Disposition: form-data; name=\"imageData\"\r\n\r\nx",
      "--b\r\nContent-Disposition: form-data; name=\"imageData\"\r\n\r\nx\r\n--c--",
    ])
  func truncatedBodiesAreRefused(body: String) {
    #expect { try parts(body, type) } throws: { ($0 as? ServiceError)?.status == 400 }
  }
}
