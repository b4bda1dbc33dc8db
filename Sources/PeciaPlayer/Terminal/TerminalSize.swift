import Foundation

/// The columns and rows of the terminal that is open as `output`; 80 by 24 where it does not say.
public func terminalSize(of output: CInt) -> (columns: Int, rows: Int) {
  var size = winsize()
  guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
    return (80, 24)
  }
  return (Int(size.ws_col), Int(size.ws_row))
}
