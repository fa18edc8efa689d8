-- Filter of pandoc, for documents that are made Word ones to be read: no metadata, no image, French quotation marks.
function Pandoc(document)
  return pandoc.Pandoc(document.blocks)
end

function Image()
  return {}
end

function Quoted(quoted)
  quoted.content:insert(1, pandoc.Str("« "))
  quoted.content:insert(pandoc.Str(" »"))
  return quoted.content
end
