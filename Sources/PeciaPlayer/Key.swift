/// A key, as the terminal reports it.
enum Key: Hashable, Sendable {
  case character(Character)
}
