import PeciaStyle
