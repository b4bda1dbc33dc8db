import Foundation
import Support
import Testing

@Suite struct VoteTests {
  static let table = """
    item\tworker\ttext
    a\tana\tHello, my friends!
    a\tbo\thello my friend
    a\tcy\tHello, my friends!
    b\tana\tYes.
    b\tbo\t[silence]

    """

  @Test func `vote writes each item and its text`() throws {
    let folder = try TemporaryFolder()
    let table = try folder.write(Self.table, to: "table.tsv")
    let result = try BuiltTool.run("vote", table, "-o", folder("out.tsv"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try folder.read("out.tsv") == "item\ttext\na\tHello, my friends!\nb\tYes.\n")
  }

  @Test func `columns can be named, and the table can be CSV on standard input`() throws {
    let table = "text,who,what\n\"One, two\n\"\"three\"\"\",x,1\n\"One, two three\",y,1\n"
    let result = try BuiltTool.run(
      "vote", "-", "-o", "-", "--item", "what", "--worker", "who", "--text", "text",
      "--confidence", input: table)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.hasPrefix("item\ttext\tconfidence\n1\tOne, two "))
  }

  @Test(arguments: [
    ("", "the table is empty"), ("item\tworker\n", "no column ‘text’"),
    ("item\tworker\ttext\na\tb\n", "table.tsv:2: 2 of 3 columns"),
    ("item,worker,text\na,b,\"c\n", "table.tsv:2: a quote is opened here and never closed"),
    ("item\ttext\tworker\ttext\n", "two columns are called ‘text’"),
  ])
  func `a broken table is named with its line`(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let table = try folder.write(text, to: "table.tsv")
    let result = try BuiltTool.run("vote", table, "-o", folder("out.tsv"))
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("out.tsv")))
  }
}
