"""The archive of an account: a ZIP that anybody can read and check with nothing of ours."""
