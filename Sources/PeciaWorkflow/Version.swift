/// The version that `pecia --version` prints.
public let peciaVersion = "0.1.0"
