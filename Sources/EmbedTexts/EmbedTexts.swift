import Foundation
import PackagePlugin

/// Turns the texts that a target ships (guides, profiles, tables) into Swift source.
///
/// `PeciaStyle` gets `Styleguides/`; every other target gets its own folders of texts.
@main
struct EmbedTexts: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folders =
      target.name == "PeciaStyle"
      ? [context.package.directoryURL.appending(path: "Styleguides")]
      : ["Profiles", "Tables", "Pages"].map { target.directoryURL.appending(path: $0) }
    let texts = try folders.filter { FileManager.default.fileExists(atPath: $0.path) }
      .flatMap {
        try FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
      }
      .filter { !$0.lastPathComponent.hasPrefix(".") }
      .sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedTexts.swift")
    return [
      .buildCommand(
        displayName: "Embedding the texts of \(target.name)",
        executable: try context.tool(named: "embed").url,
        arguments: [output.path] + texts.map(\.path),
        inputFiles: texts, outputFiles: [output])
    ]
  }
}
