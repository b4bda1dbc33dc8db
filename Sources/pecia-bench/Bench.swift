import ArgumentParser

@main
struct Bench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pecia-bench", abstract: "The measurements that README quotes.",
    subcommands: [
      Agreement.self,
      CaptionsBench.self,
      EdgesBench.self,
      PlayerBench.self,
      QueueBench.self,
      SplitBench.self,
      StyleBench.self,
      TimingBench.self,
    ])
}
