import CSndfile

/// An open sound file: it has one owner, and closes when that owner lets go.
struct SoundFile: ~Copyable {
  let handle: OpaquePointer
  let info: SF_INFO
  /// Kept for as long as libsndfile reads through it.
  private let window: FileWindow?

  /// - Throws: `AudioError.unreadable` with libsndfile's reason.
  init(reading path: String) throws {
    var info = SF_INFO()
    guard let handle = sf_open(path, CInt(SFM_READ), &info) else {
      throw AudioError.unreadable(path: path, reason: Self.lastError)
    }
    self.handle = handle
    self.info = info
    window = nil
  }

  /// Reads a part of the file `path`.
  init(reading window: FileWindow, of path: String) throws {
    var info = SF_INFO()
    var callbacks = FileWindow.callbacks
    let user = Unmanaged.passUnretained(window).toOpaque()
    guard let handle = sf_open_virtual(&callbacks, CInt(SFM_READ), &info, user) else {
      throw AudioError.unreadable(path: path, reason: Self.lastError)
    }
    self.handle = handle
    self.info = info
    self.window = window
  }
  deinit { sf_close(handle) }

  /// What libsndfile says of the file that has just failed to open, in our words' form.
  private static var lastError: String {
    var text = String(cString: sf_strerror(nil))
    while text.hasSuffix(".") || text.hasSuffix("\n") { text.removeLast() }
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
