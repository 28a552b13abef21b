"""Conference units and cameras that follow the floor by the feed of a server: `meetingroom follow`. Needs nothing else of us.

Another make of unit is a class with the three methods of `Unit`, and a call of `follow`.
"""
