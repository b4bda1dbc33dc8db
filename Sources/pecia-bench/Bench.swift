import ArgumentParser

@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pecia-bench", abstract: "The measurements that README quotes.",
    subcommands: [
      SplitBench.self,
      Agreement.self,
      CaptionsBench.self,
      StyleBench.self,
      TimingBench.self,
    ])
}
