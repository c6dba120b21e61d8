-- Acknowledgements, marks, and the receipts that follow from them.

local IDS_OF_A_RECEIPT = 100
-- Which bit says what became of a draft, and which say that much or more. Added up: while a library loads there is no `bit`.
local BIT_OF = { delivered = DELIVERED, seen = SEEN, read = READ }
local AT_LEAST = { delivered = DELIVERED + SEEN + READ, seen = SEEN + READ, read = READ }

local function between(book, after, upTo)
  return redis.call('ZRANGEBYSCORE', book.base .. ':notifications', '(' .. after, upTo)
end

local function addName(names, row)
  local entry = entryOf(row)
  names[#names + 1], names[#names + 2], names[#names + 3] = entry.from, entry.id, entry.ref
end

-- Of the notifications that nobody has acknowledged, up to a seq, the next ones: up to which, how many, whose.
registerRead('unacknowledged', function(book, args)
  local last = math.min(tonumber(args[1]), book.head, book.acked + STEP)
  local names = {}
  for _, seq in ipairs(between(book, book.acked, last)) do addName(names, rowAt(book, seq)) end
  return { book.acked, last, names }
end)

-- What was acknowledged before.
registerWrite('acknowledge', function(book, args)
  local before = book.acked
  book.acked = math.max(before, math.min(tonumber(args[1]), book.head))
  return { before }
end)

-- Of a draft whose author does not have it sent yet: the hub that took it is behind its recipient, or has ended. The entry will begin so.
local function raiseClaim(book, id, ref, state)
  local raw = redis.call('HGET', book.base .. ':claims', id)
  local claim = raw and cjson.decode(raw)
  if not claim or claim.ref ~= ref then return end
  claim.flags = bit.bor(claim.flags or 0, BIT_OF[state])
  redis.call('HSET', book.base .. ':claims', id, cjson.encode(claim))
end

local function raise(book, id, ref, state)
  local row = rowAt(book, redis.call('HGET', book.base .. ':drafts', id))
  if not row or entryOf(row).ref ~= ref then
    raiseClaim(book, id, ref, state)
    return false
  end
  if has(row.flags, RETRACTED) then return false end
  if has(row.flags, AT_LEAST[state]) then return false end
  row.flags = bit.bor(row.flags, BIT_OF[state])
  write(book, row)
  return true
end

-- Tells an author what became of drafts: no state is taken back, and what is known already is not said again (P24).
registerWrite('tell', function(book, args)
  local state, to = args[1], args[2]
  local ids = {}
  for n = 3, #args, 2 do
    if raise(book, args[n], args[n + 1], state) then ids[#ids + 1] = args[n] end
  end
  for first = 1, #ids, IDS_OF_A_RECEIPT do
    local some = {}
    for n = first, math.min(#ids, first + IDS_OF_A_RECEIPT - 1) do some[#some + 1] = ids[n] end
    growEntry(book, { kind = 'receipt', state = state, to = to, ids = some })
  end
end)

-- Which seqs a mark looks at: all in one stretch, or those that it names. Args from `first`: 'upTo', after, upTo or 'seqs', …
local function lookedAt(book, args, first)
  if args[first] == 'seqs' then return rest(args, first + 1), { 0, 0, 0 } end
  local start = math.max(tonumber(args[first + 1]), book.floor)
  local stop = math.min(tonumber(args[first + 2]), book.head)
  local last = math.min(stop, start + STEP)
  return between(book, start, last), { start, last, stop }
end

local function markable(book, seq, mask, want)
  if not redis.call('ZSCORE', book.base .. ':notifications', seq) then return nil end
  local row = rowAt(book, seq)
  return row and bit.band(row.flags, mask) == want and row or nil
end

-- Whose drafts a mark would be news of.
registerRead('untold', function(book, args)
  local mask, want = bit.bor(tonumber(args[1]), READ_KNOWN), tonumber(args[2])
  local seqs, stretch = lookedAt(book, args, 3)
  local names, isNamed = {}, {}
  for _, seq in ipairs(seqs) do
    local row = not isNamed[seq] and markable(book, seq, mask, want)
    if row then isNamed[seq] = true; addName(names, row) end
  end
  return { stretch, names }
end)

-- Marks what is not so already, and says what changed (P23).
registerWrite('mark', function(book, args)
  local name, mask, want, taken, given = args[1], tonumber(args[2]), tonumber(args[3]), tonumber(args[4]), tonumber(args[5])
  local seqs, stretch = lookedAt(book, args, 6)
  local marked = {}
  for _, seq in ipairs(seqs) do
    local row = markable(book, seq, mask, want)
    if row then
      setFlags(book, row, bit.bor(bit.band(row.flags, bit.bnot(taken)), given))
      write(book, row)
      marked[#marked + 1] = row.seq
    end
  end
  if #marked > 0 then
    local target = args[6] == 'seqs' and { seqs = marked } or { upTo = marked[#marked] }
    growEntry(book, { kind = 'mark', mark = name, target = target })
  end
  return { #marked, stretch }
end)
