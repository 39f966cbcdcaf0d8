/*
 * Foreign libraries that few commands need are loaded when one of their
 * functions is first wanted: all of them together would take three times as
 * long to link as most commands take to run.  A user of a library lists its
 * functions once, and calls them through a struct of pointers to them, each
 * declared as the library's own header declares it:
 *
 *	#define PCAP_FUNCTIONS(X) X(pcap_open_dead) X(pcap_close)
 *	static struct {
 *		PCAP_FUNCTIONS(LIBRARY_POINTER)
 *	} pcap;
 *
 *	err = LIBRARY_LOAD(RUNG_LIBPCAP, PCAP_FUNCTIONS, pcap, d);
 */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

#include "base/diag.h"

#define LIBRARY_POINTER(name) __typeof__(name) *name;
#define LIBRARY_NAME(name)    #name,
#define LIBRARY_LOAD(file, FUNCTIONS, set, d)                                \
	library_load(file, (const char *const[]){ FUNCTIONS(LIBRARY_NAME) }, \
	    sizeof(set) / sizeof(void *), &(set), d)

/*
 * Loads the library FILE ("libpcap.so.0.8": as the dynamic linker finds it) for
 * the rest of the process, and sets the N POINTERS to NAMES.  Again it costs
 * next to nothing.  0, or ERR_UNSUPPORTED with a sentence in D where the
 * library or a function of it is missing, which names Debian's package; then no
 * pointer is to be used.
 */
int library_load(const char *file, const char *const *names, size_t n,
    void *pointers, struct diag *d);

/* FILE could be loaded: the first of that name in the dynamic linker's folders
 * is a library for this machine, which is not loaded for it; or it is nowhere
 * there, and loading it succeeds all the same. */
bool library_is_there(const char *file);

#endif
