import PeciaStore
