"""What the server takes and gives: starts, memory, requests while this or that goes on, and one command of a peer.

Begin with starts.py, requests.py and peers.py, which say what is measured. The machine, the data directory and the
stopwatch are those of comparison. Standard library only; Linux only, because it reads /proc.
"""
