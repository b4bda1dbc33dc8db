import PeciaAudio
