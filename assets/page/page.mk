# make page: rung in a browser, build/rung.html.  The engine and all below it is compiled to
# WebAssembly, the libraries that it is linked of from their sources
# (assets/page/sources.sh); the rest of rung is not in it.
PAGE      := build/page
PAGE_LIBS := $(PAGE)/sources
# The room page and all that it may know.
PAGE_ROOMS := $(shell awk -f assets/page/rooms.awk src/LAYERS)
# What pictures in other formats need is not in a page, nor are captures yet.
PAGE_WITHOUT := drawing/draw/raster.c drawing/draw/apart.c protocol/base/jobs_child.c simulator/nodes/handset/handset_image.c analysis/capture/capture_packets.c interface/views/tui/%
PAGE_SRC  := $(filter-out $(PAGE_WITHOUT:%=src/%),$(shell find \
               $(foreach r,$(PAGE_ROOMS),$(wildcard src/*/$(r))) -name '*.c' | \
               LC_ALL=C sort))
PAGE_OBJ  := $(PAGE_SRC:src/%.c=$(PAGE)/obj/%.o) $(PAGE)/obj/without.o \
             $(PAGE)/obj/gb18030.o

OSIP_SRC   = $(wildcard $(PAGE_LIBS)/libosip2/src/osipparser2/*.c \
               $(PAGE_LIBS)/libosip2/src/osip2/*.c)
LUA_SRC    = $(filter-out %/lua.c %/luac.c %/ltests.c %/onelua.c,\
               $(wildcard $(PAGE_LIBS)/lua5.4/src/*.c))
NETTLE_SRC = $(foreach f,aes-decrypt aes-decrypt-internal aes-decrypt-table \
               aes-encrypt aes-encrypt-internal aes-encrypt-table \
               aes-invert-internal aes-set-key-internal aes128-decrypt \
               aes128-encrypt aes128-meta aes128-set-decrypt-key \
               aes128-set-encrypt-key aes192-set-encrypt-key \
               aes192-set-decrypt-key aes192-encrypt aes192-decrypt \
               aes256-encrypt aes256-decrypt aes256-set-encrypt-key \
               aes256-set-decrypt-key base64-decode base64-encode base64-meta \
               cnd-memcpy ctr ctr16 hmac hmac-md5 hmac-sha1 hmac-sha256 \
               hmac-sha512 md5 md5-compress md5-meta memeql-sec memxor memxor3 \
               sha1 sha1-compress sha1-meta sha256 sha256-compress \
               sha256-meta sha512 sha512-compress sha512-meta sha224-meta \
               sha384-meta sha512-224-meta sha512-256-meta write-be32 \
               write-be64 write-le32 write-le64 aes,\
               $(wildcard $(PAGE_LIBS)/nettle/$(f).c))
ZLIB_SRC   = $(foreach f,adler32 crc32 deflate inflate inffast inftrees trees \
               zutil compress uncompr,$(PAGE_LIBS)/zlib/$(f).c)
EXPAT_SRC  = $(foreach f,xmlparse xmlrole xmltok,\
               $(firstword $(wildcard $(PAGE_LIBS)/expat/lib/$(f).c \
               $(PAGE_LIBS)/expat/expat/lib/$(f).c)))
PAGE_FOREIGN = $(OSIP_SRC) $(LUA_SRC) $(NETTLE_SRC) $(ZLIB_SRC) $(EXPAT_SRC)
PAGE_FOBJ  = $(PAGE_FOREIGN:$(PAGE_LIBS)/%.c=$(PAGE)/lib/%.o)

# Headers: the libraries' own, and of what is loaded where it is there (never in a
# page) those of this machine.
PAGE_INCLUDE := $(PAGE)/include
$(PAGE)/libraries: assets/page/packages assets/page/sources.sh
	@echo "  GET sources"
	@sh assets/page/sources.sh $(PAGE_LIBS)
	@mkdir -p $(PAGE_INCLUDE)
	@for d in unicorn capstone pcap; do \
		ln -sfn /usr/include/$$d $(PAGE_INCLUDE)/$$d; done
	@ln -sfn ../sources/nettle $(PAGE_INCLUDE)/nettle
	@: > $(PAGE_INCLUDE)/expat_config.h
	@echo '#define DEB_HOST_MULTIARCH "wasm32"' > $(PAGE_INCLUDE)/lua5.4-deb-multiarch.h
	@cp /usr/include/nettle/version.h $(PAGE_LIBS)/nettle/version.h
	@touch $@

PAGE_CFLAGS = -std=c17 -O2 -w -ffp-contract=off -D_GNU_SOURCE -DOSIP_MONOTHREAD $(INCLUDES) -I$(B)/gen \
              -DRUNG_VERSION='"$(VERSION)"' -DRUNG_OSIP_VERSION='"$(OSIP)"' \
              $(SONAMES) -isystem $(PAGE_INCLUDE) \
              -isystem $(PAGE_LIBS)/libosip2/include -isystem $(PAGE_LIBS)/lua5.4/src \
              -isystem $(PAGE_LIBS)/zlib -isystem $(PAGE_LIBS)/expat/lib \
              -isystem $(PAGE_LIBS)/expat/expat/lib
$(PAGE)/obj/%.o: src/%.c $(PAGE)/libraries | $(GENERATED)
	@mkdir -p $(@D)
	$(info $()  EMCC $<)
	@emcc $(PAGE_CFLAGS) $(PAGE_ICONV) -MMD -MP -c -o $@ $<
# What their configure scripts would find.
PAGE_HAVE  = CTYPE_H FCNTL_H LOCALTIME LRAND48 MEMMOVE STDARG_H STDINT_H STDIO_H STDLIB_H \
             STRINGS_H STRING_H STRUCT_TIMEVAL SYS_TIME_H SYS_TYPES_H TIME_H UNISTD_H
$(PAGE)/obj/without.o $(PAGE)/obj/gb18030.o: $(PAGE)/obj/%.o: assets/page/%.c $(PAGE)/libraries
	@mkdir -p $(@D)
	@emcc $(PAGE_CFLAGS) -c -o $@ $<
$(PAGE)/obj/protocol/base/charset.o: PAGE_ICONV = $(foreach f,iconv_open iconv \
               iconv_close,-D$(f)=page_$(f)) -include iconv.h
$(PAGE)/lib/%.o: $(PAGE_LIBS)/%.c
	@mkdir -p $(@D)
	$(info $()  EMCC $<)
	@emcc -O2 -w -include assets/page/weak.h $(PAGE_HAVE:%=-DHAVE_%=1) -DOSIP_MONOTHREAD -DXML_DEV_URANDOM \
		-DXML_CONTEXT_BYTES=1024 -I$(PAGE_LIBS)/libosip2/include \
		-I$(PAGE_LIBS)/nettle -I$(PAGE_INCLUDE) -c -o $@ $<

# One thread, no files, no processes.  What worker.js calls stays.
PAGE_CALLS = _page_room,_page_ask,_page_answer,_page_answer_length
$(PAGE)/engine.js: $(PAGE_OBJ) $(PAGE)/libraries
	@+$(MAKE) --no-print-directory $(PAGE)/engine.all
$(PAGE)/engine.all: $(PAGE_OBJ) $(PAGE_FOBJ)
	@echo "  LD  $(PAGE)/engine.js"
	@NODE_PATH=/usr/share/nodejs emcc -O2 -o $(PAGE)/engine.js $^ --js-library assets/page/nofiles.js -sMODULARIZE=1 -sEXPORT_NAME=rungEngine \
		-sENVIRONMENT=worker,node -sALLOW_MEMORY_GROWTH=1 \
		-sINITIAL_MEMORY=33554432 -sTOTAL_STACK=4194304 -sFILESYSTEM=0 \
		-sEXPORTED_FUNCTIONS=$(PAGE_CALLS) -sEXPORTED_RUNTIME_METHODS=[] \
		-sINCOMING_MODULE_JS_API=wasmBinary
	@touch $@
-include $(PAGE_OBJ:.o=.d)

.PHONY: page page-made
page: ## rung in a browser: build/rung.html (installs a compiler for that)
	@sh .ci/packages build page
	@+$(MAKE) --no-print-directory $(PARALLEL) WERROR= $(B)/rung page-made
page-made: $(B)/rung.html
$(B)/rung.html: $(B)/rung $(PAGE)/engine.js $(wildcard assets/page/* assets/html/* labs/*/* topologies/*)
	@echo "  PAGE $@"
	@node assets/page/assemble.js $(B)/rung $(PAGE) > $@.new && mv $@.new $@
