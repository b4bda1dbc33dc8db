import ArgumentParser

@main
struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pecia-train", abstract: "Make the word timer's table from sound and text.")
}
