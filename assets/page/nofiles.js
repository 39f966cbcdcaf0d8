// A page has no files: whoever opens one is told so (ENOENT).
mergeInto(LibraryManager.library, {
	__syscall_open: function () { return -44; }
});
