from platforms.sandbox.server import main

main()
