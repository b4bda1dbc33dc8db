public import Foundation

/// The built `pecia`, run as its users run it.
public enum BuiltTool {
  public struct Result: Sendable {
    public var status: Int32
    public var output: String
    public var errors: String
  }

  /// Beside the test program, where the package manager puts it.
  public static func url(of name: String = "pecia") throws -> URL {
    let folders = [
      Bundle.main.executableURL, Bundle.main.bundleURL, Bundle(for: Marker.self).bundleURL,
    ]
    .compactMap { $0 }.flatMap { [$0.deletingLastPathComponent(), $0] }
    for folder in folders {
      let tool = folder.appending(path: name)
      if FileManager.default.isExecutableFile(atPath: tool.path), !tool.hasDirectoryPath {
        return tool
      }
    }
    throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: name])
  }

  /// Starts `pecia` with `arguments`; the caller waits for it or ends it.
  ///
  /// `under`: a line of shell that ends by running `"$@"`, such as `ulimit -f 8; exec "$@"`.
  public static func start(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
    folder: URL? = nil, under shell: String? = nil, output: FileHandle, errors: FileHandle
  ) throws -> Process {
    let process = Process()
    process.executableURL = try shell == nil ? url() : URL(filePath: "/bin/sh")
    process.arguments = try shell.map { try ["-c", $0, "sh", url().path] + arguments } ?? arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    process.standardOutput = output
    process.standardError = errors
    if let input {
      let pipe = Pipe()
      process.standardInput = pipe
      try process.run()
      // A tool that ends before it has read everything closes the pipe: that is no error here.
      signal(SIGPIPE, SIG_IGN)
      try? pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
      try? pipe.fileHandleForWriting.close()
    } else {
      process.standardInput = FileHandle.nullDevice
      try process.run()
    }
    return process
  }

  /// Runs `pecia` with `arguments` to its end.
  @discardableResult
  public static func run(
    _ arguments: String..., input: String? = nil, environment: [String: String] = [:],
    folder: URL? = nil
  ) throws -> Result {
    try run(arguments, input: input, environment: environment, folder: folder)
  }

  @discardableResult
  public static func run(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
    folder: URL? = nil, under shell: String? = nil
  ) throws -> Result {
    let scratch = try TemporaryFolder()
    let (output, errors) = (try scratch.write("", to: "out"), try scratch.write("", to: "err"))
    let process = try start(
      arguments, input: input, environment: environment, folder: folder, under: shell,
      output: try FileHandle(forWritingTo: URL(filePath: output)),
      errors: try FileHandle(forWritingTo: URL(filePath: errors)))
    process.waitUntilExit()
    let status =
      process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
    return Result(status: status, output: try scratch.read("out"), errors: try scratch.read("err"))
  }

  private final class Marker {}
}
