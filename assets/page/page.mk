# make page: rung in a browser, build/rung.html.  The engine and all below it is compiled to
# WebAssembly, the libraries that it is linked of from their sources
# (assets/page/sources.sh); the rest of rung is not in it.
PAGE      := build/page
PAGE_LIBS := $(PAGE)/sources
# The room page and all that it may know.
PAGE_ROOMS := $(shell awk -f assets/page/rooms.awk src/LAYERS)
# Not in a page: what assets/page/without.c has in its place, what only jobs/child.c
# calls, and of grade all that a student does not need.
PAGE_LEFT := base/library draw/render_process draw/raster jobs/box jobs/box_filter jobs/box_tree \
             jobs/child jobs/descriptors jobs/jobs_child jobs/program_keeper \
             roles/handset/handset_image search/search_work
PAGE_SRC  := $(filter-out $(foreach f,$(PAGE_LEFT),src/%/$(f).c),\
               $(shell find $(foreach r,$(filter-out grade,$(PAGE_ROOMS)),$(wildcard src/*/$(r))) \
               -name '*.c' | LC_ALL=C sort -u)) \
             $(foreach f,handin_put variant,src/teaching/grade/$(f).c)
# Asked only where a page is made.
ifneq ($(filter page-made $(B)/rung.html $(PAGE)/%,$(MAKECMDGOALS)),)
# emcc takes longer to begin than most of them to be compiled: what it calls is called,
# told the same.
PAGE_LLVM := $(shell em-config LLVM_ROOT)
PAGE_NTH  := $(addprefix -,$(shell em-config CLANG_ADD_VERSION))
PAGE_CC   := $(PAGE_LLVM)/clang$(PAGE_NTH) $(shell emcc --cflags)
-include $(shell find $(PAGE)/obj -name '*.d' 2>/dev/null)
endif
PAGE_OBJ  := $(PAGE_SRC:%.c=$(PAGE)/obj/%.o) $(PAGE)/obj/without.o $(PAGE)/obj/copy.o

OSIP_SRC   = $(wildcard $(PAGE_LIBS)/libosip2/src/osipparser2/*.c)
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

# What a browser of 2023 has beyond the first WebAssembly: shorter.
PAGE_HAS    = -msign-ext -mnontrapping-fptoint
PAGE_CFLAGS = -std=c17 $(PAGE_HAS) -Wno-everything -Werror=implicit-function-declaration \
              -include assets/page/here.h -ffp-contract=off -D_GNU_SOURCE -DOSIP_MONOTHREAD \
              $(INCLUDES) -I$(PAGE)/gen -I$(B)/gen \
              -DRUNG_VERSION='"$(VERSION)"' -DRUNG_OSIP_VERSION='"$(OSIP)"' \
              $(SONAMES) -isystem $(PAGE_INCLUDE) \
              -isystem $(PAGE_LIBS)/libosip2/include -isystem $(PAGE_LIBS)/lua5.4/src \
              -isystem $(PAGE_LIBS)/zlib -isystem $(PAGE_LIBS)/expat/lib \
              -isystem $(PAGE_LIBS)/expat/expat/lib
$(PAGE)/gen/catalogues.inc: $(PO) $(PAGE_SRC) assets/page/catalogue.sh
	@mkdir -p $(@D)
	@sh assets/page/catalogue.sh "$(CATALOGUES)" $(PAGE_SRC) assets/page/without.c \
		$(foreach r,$(PAGE_ROOMS),$(wildcard src/*/$(r)/*.h src/*/$(r)/*/*.h)) > $@.new
	@mv $@.new $@
$(PAGE)/obj/src/%.o: src/%.c $(PAGE)/libraries assets/page/page.mk \
		| generated $(PAGE)/gen/catalogues.inc
	@mkdir -p $(@D)
	@echo "  EMCC $<"
	@$(PAGE_CC) $(PAGE_CFLAGS) $(PAGE_ICONV) -Oz -MMD -MP -c -o $@ $<
$(PAGE)/obj/src/ground/text/%: \
              PAGE_ICONV = $(foreach f,iconv_open iconv iconv_close,-D$(f)=page_$(f)) \
              -include iconv.h
$(PAGE)/obj/without.o: assets/page/without.c $(PAGE)/libraries assets/page/page.mk
	@mkdir -p $(@D)
	@$(PAGE_CC) $(PAGE_CFLAGS) -Oz -c -o $@ $<
$(PAGE)/obj/copy.o: assets/page/copy.c $(PAGE)/libraries assets/page/page.mk
	@mkdir -p $(@D)
	@$(PAGE_CC) -O2 -mbulk-memory -fno-builtin -c -o $@ $<
# What their configure scripts would find.
PAGE_HAVE  = CTYPE_H FCNTL_H LOCALTIME LRAND48 MEMMOVE STDARG_H STDINT_H STDIO_H STDLIB_H \
             STRINGS_H STRING_H STRUCT_TIMEVAL SYS_TIME_H SYS_TYPES_H TIME_H UNISTD_H
$(PAGE)/lib/%.o: $(PAGE_LIBS)/%.c assets/page/page.mk
	@mkdir -p $(@D)
	$(info $()  EMCC $<)
	@$(PAGE_CC) $(PAGE_HAS) -Oz -w $(PAGE_HAVE:%=-DHAVE_%=1) -DOSIP_MONOTHREAD \
		-DXML_DEV_URANDOM -DXML_CONTEXT_BYTES=1024 -I$(PAGE_LIBS)/libosip2/include \
		-I$(PAGE_LIBS)/nettle -I$(PAGE_INCLUDE) -c -o $@ $<

# One thread, no files, no processes.  What worker.js calls stays.  Linked by -Oz, the C
# library would set memory byte by byte, and copy so without copy.c.
PAGE_JS    = assets/page/nofiles.js assets/page/charset.js
PAGE_CALLS = _page_room,_page_ask,_page_answer,_page_answer_length
$(PAGE)/engine.js: $(PAGE_OBJ) $(PAGE_JS) $(PAGE)/libraries
	@+$(MAKE) --no-print-directory $(PAGE)/engine.all
$(PAGE)/engine.all: $(PAGE_OBJ) $(PAGE_FOBJ) $(PAGE_JS)
	@echo "  LD  $(PAGE)/engine.js"
	@NODE_PATH=/usr/share/nodejs emcc -Os -o $(PAGE)/engine.js $(filter %.o,$^) \
		$(PAGE_JS:%=--js-library %) \
		-sMODULARIZE=1 -sEXPORT_NAME=rungEngine \
		-sENVIRONMENT=worker,node -sALLOW_MEMORY_GROWTH=1 \
		-sINITIAL_MEMORY=33554432 -sTOTAL_STACK=4194304 -sFILESYSTEM=0 \
		-sEXPORTED_FUNCTIONS=$(PAGE_CALLS) -sEXPORTED_RUNTIME_METHODS=[] \
		-sINCOMING_MODULE_JS_API=wasmBinary
	@touch $@

# What unpacks the engine and the texts in the browser: it stands in the worker as it is.
UNPACK_SRC   = $(foreach f,LzmaDec Ppmd7 Ppmd7Dec,$(PAGE_LIBS)/7zip/C/$(f).c)
UNPACK_CALLS = room length lzma ppmd
$(PAGE)/unpacker.js: assets/page/unpack.c $(PAGE)/libraries assets/page/page.mk
	@echo "  EMCC $<"
	@mkdir -p $(PAGE)/unpack
	@cd $(PAGE)/unpack && $(PAGE_CC) -Oz -mbulk-memory -DZ7_LZMA_SIZE_OPT -w \
		-I$(CURDIR)/$(PAGE_LIBS)/7zip/C -c $(CURDIR)/$< $(UNPACK_SRC:%=$(CURDIR)/%)
	@$(PAGE_LLVM)/wasm-ld$(PAGE_NTH) --no-entry --gc-sections -s -z stack-size=65536 \
		$(UNPACK_CALLS:%=--export=%) -o $(PAGE)/unpack.wasm $(PAGE)/unpack/*.o
	@{ printf 'var UNPACKER = "'; base64 -w 0 $(PAGE)/unpack.wasm; echo '";'; } > $@

.PHONY: page page-made
page: ## rung in a browser: build/rung.html (installs a compiler for that)
	@begun=$$(date +%s); sh .ci/packages build page && \
		$(MAKE) -s --no-print-directory $(PAGE)/libraries && \
		echo "  packages and sources: $$(($$(date +%s) - begun)) s"
	@+begun=$$(date +%s); $(MAKE) --no-print-directory $(PARALLEL) WERROR= $(B)/rung page-made && \
		echo "  compiled and put together: $$(($$(date +%s) - begun)) s"
page-made: $(B)/rung.html
$(PAGE)/engine.lzma $(PAGE)/worker.js: $(PAGE)/engine.js assets/page/ask.js assets/page/worker.js \
		$(PAGE)/unpacker.js assets/page/unpack.js assets/page/minify.sh $(B)/gen/minifier
	@xz -c --format=lzma --lzma1=preset=9e,pb=0,lc=4 $(PAGE)/engine.wasm > $(PAGE)/engine.lzma
	@command -v terser > /dev/null || echo "  there is no terser: the page's scripts stay longer"
	@cat $(filter %.js,$^) | sh assets/page/minify.sh > $(PAGE)/worker.js
$(B)/rung.html: $(B)/rung $(PAGE)/engine.lzma $(PAGE)/worker.js $(wildcard labs/*/* topologies/*)
	@echo "  PAGE $@"
	@RUNG_SHARE='$(CURDIR)' $(B)/rung page --engine=$(PAGE) -o $@
