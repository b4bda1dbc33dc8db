import Foundation

/// What this process has used so far.
enum OwnUsage {
  /// Seconds of processor time.
  static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  /// The most memory held at once, in MiB.
  static var peakMebibytes: Int {
    var usage = rusage()
    // 0 is RUSAGE_SELF, which the systems give different types.
    guard getrusage(0, &usage) == 0 else { return 0 }
    // KiB on Linux, bytes on macOS.
    #if os(Linux)
      return Int(usage.ru_maxrss) / 1024
    #else
      return Int(usage.ru_maxrss) / 1_048_576
    #endif
  }
}
