"""The storm: workers are killed at random moments while every platform fails in every way, and at
the end what arrived is counted.
"""
