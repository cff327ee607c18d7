-- Writes the bodies of a batch of compositions in one pandoc process.
-- Called as: pandoc lua engine.lua JOBS.json
-- JOBS.json is a list of {ast, format, reference, out}: path of the AST, name of the format, path of
-- the Word reference document, path of the result.

local function read_file(path)
  local file = assert(io.open(path, "rb"))
  local content = file:read("a")
  file:close()
  return content
end

local function write_file(path, content)
  local file = assert(io.open(path, "wb"))
  file:write(content)
  file:close()
end

local writers = {
  docx = function(doc, job)
    return pandoc.write(doc, "docx", pandoc.WriterOptions({ reference_doc = job.reference }))
  end,
  html = function(doc)
    return pandoc.write(doc, "html5", pandoc.WriterOptions({ number_sections = true, wrap_text = "none" }))
  end,
  typst = function(doc)
    return pandoc.write(doc, "typst", pandoc.WriterOptions({ wrap_text = "none" }))
  end,
}

for _, job in ipairs(pandoc.json.decode(read_file(arg[1]), false)) do
  write_file(job.out, writers[job.format](pandoc.read(read_file(job.ast), "json"), job))
end
