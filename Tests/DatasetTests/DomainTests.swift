import Dataset
import Testing

@Suite struct DomainTests {
  @Test(arguments: [
    ("general", Domain.general), ("compact", .compact), ("encoder:dino", .encoder("dino")),
    ("encoder:general", .encoder("general")), ("encoder:a:b", .encoder("a:b")),
  ])
  func textAndDomainAreOne(text: String, domain: Domain) {
    #expect(domain.rawValue == text)
    #expect(Domain(rawValue: text) == domain)
  }

  @Test(arguments: ["", "General", "encoder", "encoder:", "dino"])
  func otherTextIsNoDomain(text: String) {
    #expect(Domain(rawValue: text) == nil)
  }
}
